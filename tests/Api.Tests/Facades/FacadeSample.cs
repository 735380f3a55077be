using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>
/// Thursday, 20 August 2026, 15:00 UTC: the ECB with the days from the 12th on, a provider with more currencies whose pivot is the dollar,
/// and the Bank of Canada of the day before.
/// </summary>
internal static class FacadeSample
{
    public static StoredProvider Erapi { get; } = new(
        new()
        {
            Key = "erapi",
            Name = "ExchangeRate-API",
            Pivot = Currency.Parse("USD"),
            Kind = RateKind.Average,
            Category = ProviderCategory.Market,
            Calendar = new() { Days = "MON-SUN", At = new(0, 0), Zone = "UTC" },
            Enabled = true,
        },
        null,
        new());

    public static InMemoryRates Store()
    {
        var store = new InMemoryRates();
        foreach (var provider in new[] { Sample.Ecb, Sample.Boc, Erapi })
        {
            store.Add(provider);
        }

        store.Publish(Sample.EcbSheet);
        store.Publish(Sample.BocSheet);
        store.Publish(Sample.Sheet(
            "erapi", Sample.Today, new(2026, 8, 20, 0, 5, 0, TimeSpan.Zero), new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero),
            "USD/AED 3.6725", "USD/EUR 0.8600", "USD/GBP 0.7440", "USD/USD 1"));
        store.Remember(
            "ecb",
            [
                .. Figures(12, "EUR/USD 1.1580", "EUR/GBP 0.8610", "EUR/JPY 170.10"),
                .. Figures(13, "EUR/USD 1.1590", "EUR/GBP 0.8620", "EUR/JPY 170.40"),
                .. Figures(14, "EUR/USD 1.1600", "EUR/GBP 0.8630", "EUR/JPY 170.50"),
                .. Figures(17, "EUR/USD 1.1605", "EUR/GBP 0.8635", "EUR/JPY 170.65"),
                .. Figures(18, "EUR/USD 1.1610", "EUR/GBP 0.8640", "EUR/JPY 170.80"),
                .. Figures(19, "EUR/USD 1.1622", "EUR/GBP 0.8650", "EUR/JPY 171.00"),
                .. Sample.EcbSheet.Observations,
            ]);
        return store;
    }

    private static Observation[] Figures(int day, params string[] figures) => Sample.Figures(new(2026, 8, day), figures);
}
