namespace Rates.Api;

/// <summary>One provider's rates of one pair, ready to be written in the answer of <c>/v1/history</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Quote">Code of the quote.</param>
/// <param name="Points">At least one, oldest first.</param>
internal sealed record ReadySeries(string Provider, string Quote, IReadOnlyList<HistoryPoint> Points)
{
    /// <summary>The rate of each point and those that it replaced, by day, newest first; null where they are not asked for.</summary>
    public IReadOnlyList<RateRevision>? Revisions { get; init; }

    /// <summary>A series with revisions.</summary>
    public static ReadySeries Of(string provider, string quote, IReadOnlyList<RateRevision> revisions) => new(
        provider, quote,
        [
            .. HistoryPoint.Of(
                [
                    .. from rate in revisions
                       where rate.KnownUntil is null
                       select new HistoryRate(rate.Day, rate.Rate, rate.IsDerived, rate.IsUnconfirmed),
                ], DayGroup.Day),
        ])
    {
        Revisions = revisions,
    };
}
