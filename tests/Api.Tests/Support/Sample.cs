using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>
/// Three providers as they stood on Thursday, 20 August 2026, 15:00 UTC: one of today, one of yesterday, one never fetched.
/// </summary>
internal static class Sample
{
    public static DateTimeOffset Now { get; } = new(2026, 8, 20, 15, 0, 0, TimeSpan.Zero);

    public static DateOnly Today { get; } = new(2026, 8, 20);

    public static StoredProvider Ecb { get; } = new(
        new()
        {
            Key = "ecb",
            Name = "European Central Bank",
            Country = "EU",
            Pivot = Currency.Eur,
            Terms = "https://www.ecb.europa.eu/services/disclaimer/html/index.en.html",
            Calendar = new() { At = new(16, 0), Zone = "Europe/Berlin", Holidays = "TARGET" },
            HistoryFrom = new(1999, 1, 4),
            Facts = new()
            {
                Publishes = "the euro foreign exchange reference rates",
                Direction = "1 EUR = x foreign",
                Units = "1",
                RecordedAnswers = 35,
            },
            Verified = true,
            Enabled = true,
        },
        new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" },
        new() { LastAttemptAt = Now, LastSuccessAt = Now });

    public static StoredProvider Boc { get; } = new(
        new()
        {
            Key = "boc",
            Name = "Bank of Canada",
            Country = "CA",
            Pivot = Currency.Parse("CAD"),
            Calendar = new() { At = new(16, 30), Zone = "America/Toronto" },
            Verified = true,
            Enabled = true,
        },
        null,
        new());

    public static StoredProvider Google { get; } = new(
        new() { Key = "google", Name = "Google Finance", Kind = RateKind.Last, Enabled = true }, null,
        new() { Failures = 3, Reason = "connection refused" });

    public static StoredProvider Fixer { get; } = new(
        new() { Key = "fixer", Name = "Fixer", Pivot = Currency.Eur, NeedsKey = true, Note = "needs a key" }, null, new());

    public static StoredProvider Known(string key, Func<ProviderProfile, ProviderProfile>? change = null)
    {
        var profile = new ProviderProfile { Key = key, Name = key, Pivot = Currency.Eur, Verified = true, Enabled = true };
        return new(change is null ? profile : change(profile), null, new());
    }

    public static RateSheet EcbSheet { get; } = Sheet("ecb", Today, new(2026, 8, 20, 14, 2, 11, TimeSpan.Zero),
        new(2026, 8, 21, 14, 0, 0, TimeSpan.Zero), "EUR/GBP 0.8654", "EUR/JPY 171.20", "EUR/USD 1.1634");

    public static RateSheet BocSheet { get; } = Sheet("boc", Today.AddDays(-1), new(2026, 8, 19, 20, 31, 0, TimeSpan.Zero),
        new(2026, 8, 20, 20, 30, 0, TimeSpan.Zero), "EUR/CAD 1.6095", "GBP/CAD 1.8601", "USD/CAD 1.3836");

    /// <summary>A sheet of one day from figures such as <c>EUR/USD 1.1634</c>.</summary>
    public static RateSheet Sheet(string provider, DateOnly day, DateTimeOffset fetchedAt, DateTimeOffset? next, params string[] figures) =>
        new()
        {
            Provider = provider,
            AsOf = day,
            FetchedAt = fetchedAt,
            CheckedAt = fetchedAt,
            NextExpectedAt = next,
            Source = $"https://{provider}.example/rates",
            Observations = Figures(day, figures),
        };

    public static Observation[] Figures(DateOnly day, params string[] figures) => [.. figures.Select(figure => figure.Split(' '))
        .Select(parts => new Observation(day, CurrencyPair.Parse(parts[0]), decimal.Parse(parts[1]), RateKind.Reference))];

    /// <summary>A store that holds all of them.</summary>
    public static InMemoryRates Store()
    {
        var store = new InMemoryRates();
        foreach (var provider in new[] { Ecb, Boc, Google, Fixer })
        {
            store.Add(provider);
        }

        store.Publish(EcbSheet);
        store.Publish(BocSheet);
        store.Remember("ecb", [.. Figures(Today.AddDays(-2), "EUR/USD 1.1610", "EUR/GBP 0.8640"),
            .. Figures(Today.AddDays(-1), "EUR/USD 1.1622", "EUR/GBP 0.8650"), .. EcbSheet.Observations]);
        return store;
    }
}
