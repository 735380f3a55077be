using System.Collections.Frozen;

namespace Rates.Core;

/// <summary>
/// Checks each newly fetched rate without comparing it with others: known currencies, possible size, possible day. A rate that fails is
/// refused with a reason.
/// </summary>
internal static class FigureRules
{
    private const decimal Smallest = 0.000000001m;
    private const decimal Largest = 1_000_000_000m;

    /// <summary>
    /// One unit of a metal or a crypto asset may be worth billions of the smallest currencies (a bitcoin is over 1e9 rupiah and over 1e10
    /// rial), or next to nothing of the dearest, so the limits of their pairs are a thousand times wider at both ends.
    /// </summary>
    private const decimal DearReach = 1000;

    private static readonly FrozenSet<Currency> Dear = CurrencyRegistry.All
        .Where(record => record.Kind is CurrencyKind.Metal or CurrencyKind.Crypto).Select(record => record.Code).ToFrozenSet();

    /// <summary>Earliest day of a source without a known start of its history; an earlier date was read wrongly.</summary>
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>Applied in this order; the first refusal gives the reason. The row may not be at fault under the first two.</summary>
    private static readonly Func<Observation, IngestContext, string?>[] Rules =
        [UnknownCurrency, Index, NonPositive, Range, Future, Ancient, NotBorn, Retired];

    /// <summary>Why the figure may not be stored, starting with the rule's name; null when it may.</summary>
    public static string? Refuse(Observation row, IngestContext context)
    {
        foreach (var rule in Rules)
        {
            if (rule(row, context) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the refused row counts as a fault of the source; false for rows that are not wanted but not wrong either. The first word
    /// of the reason tells.
    /// </summary>
    public static bool IsFault(RefusedObservation refused) =>
        refused.Reason.Split(' ')[0] is not ("unknown-currency" or "index" or "not-born" or "retired" or "label");

    private static string? UnknownCurrency(Observation row, IngestContext context) =>
        First(row, code => CurrencyRegistry.Find(code) is null) is { } unknown ? $"unknown-currency '{unknown}'" : null;

    private static string? Index(Observation row, IngestContext context) =>
        row.Kind == RateKind.Index ? "index is a number without a unit, not a rate" : null;

    private static string? NonPositive(Observation row, IngestContext context) =>
        row.Rate <= 0 ? $"non-positive {ReasonText.Of(row.Rate)}" : null;

    private static string? Range(Observation row, IngestContext context)
    {
        var reach = Dear.Contains(row.Pair.Base) || Dear.Contains(row.Pair.Quote) ? DearReach : 1;
        return row.Rate < Smallest / reach || row.Rate > Largest * reach
            ? $"range {ReasonText.Of(row.Rate)} is outside {ReasonText.Of(Smallest / reach)} to {ReasonText.Of(Largest * reach)}"
            : null;
    }

    /// <summary>
    /// One day after today is allowed because of time zones. A source that publishes for the next working day (lag below 0) may be four
    /// days ahead: a weekend and a holiday.
    /// </summary>
    private static string? Future(Observation row, IngestContext context)
    {
        var ahead = context.Profile.Calendar.Lag < 0 ? 4 : 1;
        return row.AsOf.DayNumber > context.Today.DayNumber + ahead
            ? $"future {row.AsOf:yyyy-MM-dd} is more than {ahead} after {context.Today:yyyy-MM-dd}"
            : null;
    }

    /// <summary>31 days before the start of the history are allowed, because that day is often not known exactly.</summary>
    private static string? Ancient(Observation row, IngestContext context) =>
        (context.Profile.HistoryFrom?.AddDays(-31) ?? Earliest) is var earliest && row.AsOf < earliest
            ? $"ancient {row.AsOf:yyyy-MM-dd} is before {earliest:yyyy-MM-dd}, where the source's history starts"
            : null;

    private static string? NotBorn(Observation row, IngestContext context) =>
        First(row, code => row.AsOf < CurrencyRegistry.Find(code)!.Born) is { } unborn
            ? $"not-born {unborn} starts on {CurrencyRegistry.Find(unborn)!.Born:yyyy-MM-dd}, after {row.AsOf:yyyy-MM-dd}"
            : null;

    /// <summary>Legacy conversion rates are exempt: they are of retired currencies.</summary>
    private static string? Retired(Observation row, IngestContext context) =>
        row.Kind != RateKind.Legacy && First(row, code => row.AsOf > CurrencyRegistry.Find(code)!.Retired) is { } dead
            ? $"retired {dead} ended on {CurrencyRegistry.Find(dead)!.Retired:yyyy-MM-dd}, before {row.AsOf:yyyy-MM-dd}"
            : null;

    private static Currency? First(Observation row, Func<Currency, bool> holds) =>
        holds(row.Pair.Base) ? row.Pair.Base : holds(row.Pair.Quote) ? row.Pair.Quote : null;
}
