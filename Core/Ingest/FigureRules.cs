using System.Collections.Frozen;

namespace Rates.Core;

/// <summary>Rules that a figure can be judged by alone: its currencies, its size, its day.</summary>
internal static class FigureRules
{
    private const decimal Smallest = 0.000000001m;
    private const decimal Largest = 1_000_000_000m;

    /// <summary>
    /// A gold ounce or a coin is worth billions of the smallest currencies (a bitcoin over 1e9 rupiah, over 1e10 rial), so
    /// pairs with one of these reach a thousandfold further each way.
    /// </summary>
    private const decimal DearReach = 1000;

    private static readonly FrozenSet<Currency> Dear =
        new[] { "XAU", "XAG", "XPT", "XPD", "BTC", "ETH", "BCH", "BNB", "LTC", "SOL" }.Select(Currency.Parse).ToFrozenSet();

    /// <summary>No rates of this kind were published before: a date below it is a misread one.</summary>
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>In this order, the first that objects gives the reason. Those of identity come before those of fault.</summary>
    private static readonly Func<Observation, IngestContext, string?>[] Rules =
        [UnknownCurrency, Index, NonPositive, Range, Future, Ancient, NotBorn, Retired];

    /// <summary>Reasons that say "not for us" rather than "wrong": a source may always print them without being broken.</summary>
    private static readonly string[] Passed = ["unknown-currency", "index", "not-born", "retired", "label"];

    /// <summary>Why the figure may not be stored; null when it may.</summary>
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

    /// <summary>Whether the refusal speaks against the source, rather than of a row that nobody wants.</summary>
    public static bool IsFault(RefusedObservation refused) => !Array.Exists(Passed, word => refused.Reason.StartsWith(word, StringComparison.Ordinal));

    private static string? UnknownCurrency(Observation row, IngestContext context) =>
        First(row, code => CurrencyRegistry.Find(code) is null) is { } unknown ? $"unknown-currency '{unknown}'" : null;

    private static string? Index(Observation row, IngestContext context) =>
        row.Kind == RateKind.Index ? "index is a number without a unit, not a rate" : null;

    private static string? NonPositive(Observation row, IngestContext context) =>
        row.Rate <= 0 ? $"non-positive {Text.Of(row.Rate)}" : null;

    private static string? Range(Observation row, IngestContext context)
    {
        var reach = Dear.Contains(row.Pair.Base) || Dear.Contains(row.Pair.Quote) ? DearReach : 1;
        return row.Rate < Smallest / reach || row.Rate > Largest * reach
            ? $"range {Text.Of(row.Rate)} is outside {Text.Of(Smallest / reach)} to {Text.Of(Largest * reach)}"
            : null;
    }

    /// <summary>
    /// One day of leeway for time zones. A source that publishes for the next working day (lag below 0) may be four days
    /// ahead: a weekend and a holiday.
    /// </summary>
    private static string? Future(Observation row, IngestContext context)
    {
        var ahead = context.Profile.Calendar.Lag < 0 ? 4 : 1;
        return row.AsOf.DayNumber > context.Today.DayNumber + ahead
            ? $"future {row.AsOf:yyyy-MM-dd} is more than {ahead} after {context.Today:yyyy-MM-dd}"
            : null;
    }

    /// <summary>A month of leeway, as the day a history starts on is often known only roughly.</summary>
    private static string? Ancient(Observation row, IngestContext context) =>
        (context.Profile.HistoryFrom?.AddDays(-31) ?? Earliest) is var earliest && row.AsOf < earliest
            ? $"ancient {row.AsOf:yyyy-MM-dd} is before {earliest:yyyy-MM-dd}, where the source's history starts"
            : null;

    private static string? NotBorn(Observation row, IngestContext context) =>
        First(row, code => row.AsOf < CurrencyRegistry.Find(code)!.Born) is { } unborn
            ? $"not-born {unborn} starts on {CurrencyRegistry.Find(unborn)!.Born:yyyy-MM-dd}, after {row.AsOf:yyyy-MM-dd}"
            : null;

    /// <summary>Legacy conversion rates are of currencies that are gone, on any later day.</summary>
    private static string? Retired(Observation row, IngestContext context) =>
        row.Kind != RateKind.Legacy && First(row, code => row.AsOf > CurrencyRegistry.Find(code)!.Retired) is { } dead
            ? $"retired {dead} ended on {CurrencyRegistry.Find(dead)!.Retired:yyyy-MM-dd}, before {row.AsOf:yyyy-MM-dd}"
            : null;

    private static Currency? First(Observation row, Func<Currency, bool> holds) =>
        holds(row.Pair.Base) ? row.Pair.Base : holds(row.Pair.Quote) ? row.Pair.Quote : null;
}
