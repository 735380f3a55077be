using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>A publication whose rates were refused and await an operator's decision, as <c>/v1/ops/quarantine</c> lists it.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Id">Its id within the provider.</param>
/// <param name="At">When it was fetched.</param>
/// <param name="Reasons">Why it was refused.</param>
/// <param name="Excerpt">The beginning of what the source sent.</param>
/// <param name="Count">How many figures were refused.</param>
/// <param name="Figures">The first 200 of them, beside the last good ones and beside other providers.</param>
internal sealed record RefusedSheetView(
    string Provider, string Id, DateTimeOffset At, IReadOnlyList<string> Reasons, string Excerpt, int Count,
    IReadOnlyList<RefusedFigureView> Figures)
{
    private const int MostFigures = 200;

    /// <summary>The view of a refused sheet, each figure beside the current one of its pair and those of other providers.</summary>
    public static RefusedSheetView Of(QuarantinedSheet refused, RateBook book)
    {
        var known = (book.Find(refused.Provider)?.Sheet?.Observations ?? []).GroupBy(figure => (figure.Pair, figure.Kind)).ToDictionary(
            same => same.Key, same => (Observation?)same.MaxBy(figure => figure.AsOf));
        return new(
            refused.Provider, refused.Id, refused.At, refused.Reasons, refused.Excerpt, refused.Observations.Count,
            [
                .. refused.Observations.Take(MostFigures).Select(figure => RefusedFigureView.Of(
                    figure, known.GetValueOrDefault((figure.Pair, figure.Kind)), OtherFigureView.Of(refused.Provider, figure, book))),
            ]);
    }
}

/// <summary>A refused rate beside the last good rate of its pair, as <c>/v1/ops/quarantine</c> shows it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Kind">The kind.</param>
/// <param name="AsOf">The day of the refused figure.</param>
/// <param name="Rate">The refused figure.</param>
/// <param name="GoodAsOf">The day of the last good figure; left out without one.</param>
/// <param name="GoodRate">The last good figure; left out without one.</param>
/// <param name="ChangePercent">How far the refused figure is from the good one, in percent; left out without one.</param>
/// <param name="Others">What other providers have for the pair, at most three.</param>
internal sealed record RefusedFigureView(
    string Pair, string Kind, DateOnly AsOf, decimal Rate, DateOnly? GoodAsOf, decimal? GoodRate, decimal? ChangePercent,
    IReadOnlyList<OtherFigureView> Others)
{
    /// <summary>Both figures; the change is left out where there is no good one.</summary>
    public static RefusedFigureView Of(Observation refused, Observation? good, IReadOnlyList<OtherFigureView> others) => new(
        refused.Pair.ToString(), refused.Kind.ToString().ToLowerInvariant(), refused.AsOf, refused.Rate, good?.AsOf, good?.Rate,
        good is { Rate: > 0 and var rate } ? decimal.Round((refused.Rate / rate - 1) * 100, 2) : null, others);
}

/// <summary>Another provider's rate of the pair of a refused rate, to compare, as <c>/v1/ops/quarantine</c> shows it.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="AsOf">The day of its figure.</param>
/// <param name="Rate">Its figure, published or derived.</param>
internal sealed record OtherFigureView(string Provider, DateOnly AsOf, decimal Rate)
{
    private const int Most = 3;

    // Further away in time, two right figures may differ by much.
    private const int MostDaysApart = 7;

    /// <summary>The figures of the default providers first, then of every other one that blends may use.</summary>
    public static IReadOnlyList<OtherFigureView> Of(string provider, Observation refused, RateBook book)
    {
        List<OtherFigureView> others = [];
        foreach (var index in book.DefaultIndexes.Concat(book.EligibleIndexes).Distinct())
        {
            var entry = book.Entries[index];
            if (entry.Key != provider && entry.WhyNotInBlends is null && entry.Rates?.Crosses.Find(refused.Pair) is { } rate
                && Math.Abs(rate.AsOf.DayNumber - refused.AsOf.DayNumber) <= MostDaysApart)
            {
                others.Add(new(entry.Key, rate.AsOf, RateRounding.Shown(rate.Rate, rate.IsDerived)));
                if (others.Count == Most)
                {
                    break;
                }
            }
        }

        return others;
    }
}
