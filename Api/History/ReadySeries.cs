namespace Rates.Api;

/// <summary>One provider's rates of one pair, ready to be written in the answer of <c>/v1/history</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Quote">Code of the quote.</param>
/// <param name="Rates">At least one, oldest first; of each week or month the last one where <see cref="Groups"/> are asked for.</param>
internal sealed record ReadySeries(string Provider, string Quote, IReadOnlyList<HistoryRate> Rates)
{
    /// <summary>The weeks or months, one for each of <see cref="Rates"/>; null where every day is answered.</summary>
    public IReadOnlyList<RateGroup>? Groups { get; init; }

    /// <summary>The rate of each day and those that it replaced, by day, newest first; null where they are not asked for.</summary>
    public IReadOnlyList<RateRevision>? Revisions { get; init; }

    /// <summary>A series of days, weeks or months.</summary>
    public static ReadySeries Of(string provider, string quote, RateSeries rates, DayGroup group)
    {
        if (group == DayGroup.Day)
        {
            return new(provider, quote, rates);
        }

        IReadOnlyList<RateGroup> groups = [.. RateGroup.Of(rates, group)];
        return new(provider, quote, [.. groups.Select(one => one.Last)]) { Groups = groups };
    }

    /// <summary>A series with revisions.</summary>
    public static ReadySeries Of(string provider, string quote, IReadOnlyList<RateRevision> revisions) => new(
        provider, quote,
        [
            .. from rate in revisions
               where rate.KnownUntil is null
               select new HistoryRate(rate.Day, rate.Rate, rate.IsDerived, rate.IsUnconfirmed),
        ])
    {
        Revisions = revisions,
    };
}
