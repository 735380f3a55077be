namespace Rates.Api;

/// <summary>The answer of <c>/v1/history</c>.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="From">First day asked for.</param>
/// <param name="To">Last day asked for.</param>
/// <param name="Group">day, week or month.</param>
/// <param name="Series">One for each provider and quote that has figures.</param>
/// <param name="Absent">Providers asked for that have none; left out when all have some.</param>
internal sealed record HistoryAnswer(
    string Base, string From, string To, string Group, IReadOnlyList<HistorySeries> Series, IReadOnlyList<AbsentProvider>? Absent);

/// <summary>One provider's figures of one pair, oldest first.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Derived">True when at least one figure is a cross.</param>
/// <param name="Dates">The days with a figure.</param>
/// <param name="Rates">The figures of those days.</param>
internal sealed record HistorySeries(
    string Provider, string Quote, bool Derived, IReadOnlyList<string> Dates, IReadOnlyList<decimal> Rates);
