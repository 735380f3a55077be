using Rates.Core;

namespace Rates.Store.Tests;

/// <summary>Sheets to publish.</summary>
internal static class Sheets
{
    public static DateOnly Day { get; } = new(2026, 8, 20);

    public static DateTimeOffset FetchedAt { get; } = new(2026, 8, 20, 14, 15, 3, TimeSpan.Zero);

    public static ProviderProfile Profile(string key) =>
        new() { Key = key, Name = "Česká národní banka", Country = "CZ", Pivot = Currency.Parse("CZK") };

    public static Observation Figure(string pair, decimal rate, DateOnly? asOf = null, RateKind kind = RateKind.Reference) =>
        new(asOf ?? Day, CurrencyPair.Parse(pair), rate, kind);

    public static RateSheet Of(string provider, params IReadOnlyList<Observation> observations) => new()
    {
        Provider = provider,
        AsOf = Day,
        PublishedAt = FetchedAt.AddMinutes(-15),
        FetchedAt = FetchedAt,
        CheckedAt = FetchedAt,
        NextExpectedAt = FetchedAt.AddDays(1),
        Source = "https://example.org/daily.xml",
        Observations = observations.Count > 0 ? observations : [Figure("EUR/USD", 1.1730m), Figure("EUR/JPY", 171.25m)],
    };
}
