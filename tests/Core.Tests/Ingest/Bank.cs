namespace Rates.Core.Tests;

/// <summary>A provider of ten pairs: its figures of yesterday, and the check of its figures of today.</summary>
internal static class Bank
{
    public static readonly DateOnly Today = Given.Day("2026-04-14");

    /// <summary>Ten ordinary pairs, as published yesterday.</summary>
    public static readonly Observation[] Yesterday = Given.Figures(
        "2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/JPY 163.45", "2026-04-13 EUR/GBP 0.86170", "2026-04-13 EUR/CHF 0.9312",
            "2026-04-13 EUR/SEK 11.0105",
        "2026-04-13 EUR/NOK 11.3205", "2026-04-13 EUR/PLN 4.2570", "2026-04-13 EUR/KRW 1599.90", "2026-04-13 EUR/NGN 1810.55",
            "2026-04-13 EUR/DKK 7.4604");

    public static IngestVerdict Check(Observation[] candidate) => IngestRules.Check(candidate, Context(Given.Sheet(Yesterday)));

    public static IngestContext Context(RateSheet? previous) => new() { Profile = Given.Profile(), Previous = previous, Today = Today };

    public static Observation[] Move(string day, decimal factor) =>
        [.. Yesterday.Select(row => row with { AsOf = Given.Day(day), Rate = row.Pair.Quote.Code == "DKK" ? row.Rate
            : row.Rate * factor })];

    public static Observation[] Changed(string quote, string rate) =>
        [.. Move("2026-04-14", 1m).Select(row => row.Pair.Quote.Code == quote ? row with { Rate = decimal.Parse(rate) } : row)];
}
