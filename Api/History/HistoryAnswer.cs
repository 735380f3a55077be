namespace Rates.Api;

/// <summary>The answer of <c>/v1/history</c>, for the OpenAPI document: <see cref="HistoryWriter"/> writes it piece by piece.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="From">First requested day.</param>
/// <param name="To">Last requested day.</param>
/// <param name="Group">day, week or month.</param>
/// <param name="Series">One for each provider and quote that has figures; one for each quote where providers are combined.</param>
/// <param name="Absent">Requested providers that have no figures, or none of some requested quotes; left out when all have some.</param>
internal sealed record HistoryAnswer(
    string Base, string From, string To, string Group, IReadOnlyList<HistorySeries> Series, IReadOnlyList<AbsentProvider>? Absent)
{
    /// <summary>Requested quotes that no provider used has on these days; only where providers are combined, left out for none.</summary>
    public IReadOnlyList<string>? NotCovered { get; init; }

    /// <summary>Name of the policy that chose the figures; left out without one.</summary>
    public string? Policy { get; init; }

    /// <summary>The day rule of the policy; left out without one.</summary>
    public string? Rule { get; init; }
}

/// <summary>
/// The rates of one pair, oldest first, of one provider or combined, in the answer of <c>/v1/history</c>.
/// </summary>
/// <param name="Provider">The provider's key; left out where providers are combined.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Derived">True when at least one figure is a cross; left out where providers are combined.</param>
/// <param name="Unconfirmed">True when no second source has confirmed some of the figures; left out when all are confirmed.</param>
/// <param name="UnconfirmedDates">The days, among <c>dates</c>, of these figures; left out when there are none.</param>
/// <param name="Dates">The days with a figure; of a week or month, the last of them.</param>
/// <param name="Rates">The figures of those days.</param>
/// <param name="First">The first figure of each week or month; left out for days.</param>
/// <param name="High">The highest figure of each week or month; left out for days.</param>
/// <param name="Low">The lowest figure of each week or month; left out for days.</param>
/// <param name="Average">The mean of the figures of each week or month, to ten significant digits; left out for days.</param>
/// <param name="KnownFrom">
/// Since when each figure is known, UTC; empty for one that ships with the product; left out unless revisions are asked for.
/// </param>
/// <param name="Revisions">The figures that were replaced, by day, newest first; left out unless they are asked for.</param>
internal sealed record HistorySeries(
    string? Provider, string Quote, bool? Derived, bool? Unconfirmed, IReadOnlyList<string>? UnconfirmedDates,
    IReadOnlyList<string> Dates, IReadOnlyList<decimal> Rates,
    IReadOnlyList<decimal>? First, IReadOnlyList<decimal>? High, IReadOnlyList<decimal>? Low, IReadOnlyList<decimal>? Average,
    IReadOnlyList<string>? KnownFrom, IReadOnlyList<HistoryRevision>? Revisions)
{
    /// <summary>
    /// The day that each figure was published for, of a combined one the newest of its figures; left out unless days are filled.
    /// </summary>
    public IReadOnlyList<string>? AsOf { get; init; }

    /// <summary>How providers are combined, such as median; left out where they answer side by side.</summary>
    public string? Select { get; init; }

    /// <summary>
    /// Providers whose figures some of the combined rates are made of; left out where providers answer side by side.
    /// </summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>How many independent providers each combined rate is made of; left out where they answer side by side.</summary>
    public IReadOnlyList<int>? Count { get; init; }

    /// <summary>
    /// What there is to say of single days, once for days that follow each other: why days that are not among <c>dates</c> have no rate, or
    /// a warning; left out for none.
    /// </summary>
    public IReadOnlyList<HistoryNote>? Notes { get; init; }
}

/// <summary>
/// What there is to say of the rates of days, weeks or months that follow each other, in the answer of <c>/v1/history</c>: of each day
/// among <c>dates</c> from the first to the last when the first is one of them, else of each calendar day, none of which has a rate.
/// </summary>
/// <param name="From">The first day, included.</param>
/// <param name="To">The last day, included; the first where it is said of one day alone.</param>
/// <param name="Note">Why there is no rate, or a warning.</param>
internal sealed record HistoryNote(string From, string To, string Note);

/// <summary>A rate that was later replaced by a corrected one, in the answer of <c>/v1/history</c>.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Rate">The figure.</param>
/// <param name="KnownFrom">Since when this service knew it, UTC.</param>
/// <param name="KnownUntil">When it was replaced, UTC.</param>
/// <param name="Unconfirmed">True when no second source had confirmed it; left out when it was confirmed.</param>
internal sealed record HistoryRevision(string Date, decimal Rate, string KnownFrom, string KnownUntil, bool? Unconfirmed);
