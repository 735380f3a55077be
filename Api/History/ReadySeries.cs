namespace Rates.Api;

/// <summary>
/// The rates of one pair, of one provider or combined, ready to be written in the answer of <c>/v1/history</c>.
/// </summary>
/// <param name="Name">The provider's key; of combined rates the name of the selection, such as <c>median</c>.</param>
/// <param name="Quote">Code of the quote.</param>
/// <param name="Rates">
/// Oldest first; of each week or month the last one where <see cref="Groups"/> are asked for. None only where <see cref="Notes"/> say why.
/// </param>
internal sealed record ReadySeries(string Name, string Quote, IReadOnlyList<HistoryRate> Rates)
{
    /// <summary>True for combined rates.</summary>
    public bool IsBlend { get; init; }

    /// <summary>Of combined rates, the keys of the providers whose figures they are made of, in alphabetical order; else empty.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>
    /// What there is to say of single days, oldest first, each day once: of combined rates, where every calendar day is answered, of rates
    /// that ship with the product, and with a policy of days without a rate; else empty.
    /// </summary>
    public IReadOnlyList<DayNote> Notes { get; init; } = [];

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

    /// <summary>A series with notes, by day, week or month.</summary>
    public static ReadySeries Of(
        string name, string quote, RateSeries rates, DayGroup group, IReadOnlyList<string> providers, IReadOnlyList<DayNote> notes)
    {
        var series = Of(name, quote, rates, group);
        return series with { Providers = providers, Notes = group == DayGroup.Day ? notes : DayNote.Of(notes, series.Rates, group) };
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
        Notes = DayNote.OfShipped(
            revisions.Where(rate => rate.KnownUntil is null).Select(rate => rate.Day),
            revisions.Where(rate => rate.IsShipped).Select(rate => rate.Day).ToHashSet()),
    };
}
