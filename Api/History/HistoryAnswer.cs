namespace Rates.Api;

/// <summary>The answer of <c>/v1/history</c>, for the OpenAPI document: <see cref="HistoryWriter"/> writes it piece by piece.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="From">First requested day.</param>
/// <param name="To">Last requested day.</param>
/// <param name="Group">day, week or month.</param>
/// <param name="Series">One for each provider and quote that has figures.</param>
/// <param name="Absent">Requested providers that have no figures, or none of some requested quotes; left out when all have some.</param>
internal sealed record HistoryAnswer(
    string Base, string From, string To, string Group, IReadOnlyList<HistorySeries> Series, IReadOnlyList<AbsentProvider>? Absent)
{
    /// <summary>Name of the policy that chose the figures; left out without one.</summary>
    public string? Policy { get; init; }

    /// <summary>The day rule of the policy; left out without one.</summary>
    public string? Rule { get; init; }
}

/// <summary>One provider's rates of one pair, oldest first, in the answer of <c>/v1/history</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Derived">True when at least one figure is a cross.</param>
/// <param name="Unconfirmed">True when no second source has confirmed some of the figures; left out when all are confirmed.</param>
/// <param name="UnconfirmedDates">The days, among <c>dates</c>, of these figures; left out when there are none.</param>
/// <param name="Dates">The days with a figure; of a week or month, the last of them.</param>
/// <param name="Rates">The figures of those days.</param>
/// <param name="First">The first figure of each week or month; left out for days.</param>
/// <param name="High">The highest figure of each week or month; left out for days.</param>
/// <param name="Low">The lowest figure of each week or month; left out for days.</param>
/// <param name="Average">The mean of the figures of each week or month, to ten significant digits; left out for days.</param>
/// <param name="KnownFrom">Since when each figure is known, UTC; left out unless revisions are asked for.</param>
/// <param name="Revisions">The figures that were replaced, by day, newest first; left out unless they are asked for.</param>
internal sealed record HistorySeries(
    string Provider, string Quote, bool Derived, bool? Unconfirmed, IReadOnlyList<string>? UnconfirmedDates,
    IReadOnlyList<string> Dates, IReadOnlyList<decimal> Rates,
    IReadOnlyList<decimal>? First, IReadOnlyList<decimal>? High, IReadOnlyList<decimal>? Low, IReadOnlyList<decimal>? Average,
    IReadOnlyList<string>? KnownFrom, IReadOnlyList<HistoryRevision>? Revisions)
{
    /// <summary>The day that each figure was published for; left out unless days are filled.</summary>
    public IReadOnlyList<string>? AsOf { get; init; }
}

/// <summary>A rate that was later replaced by a corrected one, in the answer of <c>/v1/history</c>.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Rate">The figure.</param>
/// <param name="KnownFrom">Since when this service knew it, UTC.</param>
/// <param name="KnownUntil">When it was replaced, UTC.</param>
/// <param name="Unconfirmed">True when no second source had confirmed it; left out when it was confirmed.</param>
internal sealed record HistoryRevision(string Date, decimal Rate, string KnownFrom, string KnownUntil, bool? Unconfirmed);
