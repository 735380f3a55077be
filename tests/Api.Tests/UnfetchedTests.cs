using Rates.Core;
using Rates.Store;
using Rates.Testing;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>The latest rates of a provider that was never fetched here, and of which a back-fill or an archive stored days.</summary>
public sealed class UnfetchedTests
{
    private const string Latest = "/v1/rates?quotes=USD&providers=bank";
    private static readonly DateOnly Shipped = new(2026, 4, 13);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newer_stored_days_are_the_latest_until_a_sheet_is_published()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("bank"));
        await using var api = Api(store);
        await api.SettleAsync();
        var shipped = await BankAsync(api);

        store.Remember("bank", Sample.Figures(Shipped.AddDays(-3), "EUR/USD 1.1500"));
        var older = await LookAsync(api);
        store.Remember("bank", Sample.Figures(new(2026, 8, 17), "EUR/USD 1.1601", "EUR/GBP 0.8650"));
        store.Remember("bank", Sample.Figures(new(2026, 8, 18), "EUR/USD 1.1602"));
        store.Remember("bank", [.. Sample.Figures(new(2026, 8, 19), "EUR/USD 1.9").Select(one => one with { IsUnconfirmed = true })]);
        var stored = await LookAsync(api);
        var other = (await api.JsonAsync("/v1/rates?quotes=GBP&providers=bank")).GetProperty("providers")[0];
        store.Publish(Sample.Sheet("bank", Sample.Today, Sample.Now, null, "EUR/USD 1.1700"));
        store.Remember("bank", Sample.Figures(Sample.Today.AddDays(1), "EUR/USD 1.1800"));
        var published = await LookAsync(api);

        Assert.Equal("2026-04-13 1.1684 shipped with the product, not yet fetched here", shipped);
        Assert.Equal(shipped, older);
        Assert.Equal("2026-08-18 1.1602 of the stored days, not yet fetched here", stored);
        Assert.Equal("2026-08-17", Text(other.GetProperty("older"), "GBP"));
        Assert.True(other.GetProperty("nextExpectedAt").GetDateTimeOffset() > Sample.Now);
        Assert.Equal("2026-08-20 1.1700 ", published);
    }

    [Fact]
    public async Task A_changed_day_is_seen_and_a_damaged_one_leaves_what_there_is()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("bank"));
        store.Remember("bank", new StoredDay(new(2026, 8, 18), Sample.Now, Sample.Figures(new(2026, 8, 18), "EUR/USD 1.1602")));
        store.HistoryRevision = 1;
        await using var api = Api(store);
        await api.SettleAsync();
        var first = await BankAsync(api);

        store.Remember("bank", new StoredDay(new(2026, 8, 18), Sample.Now, Sample.Figures(new(2026, 8, 18), "EUR/USD 1.1603")));
        var corrected = await LookAsync(api);
        store.DamagedDay = new(2026, 8, 17);
        var damaged = await LookAsync(api);

        Assert.Contains("1.1602", first, StringComparison.Ordinal);
        Assert.Contains("1.1603", corrected, StringComparison.Ordinal);
        Assert.Equal(corrected, damaged);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_stores_give_the_newest_day_and_no_sheet_is_written(bool isRedis)
    {
        Assert.SkipUnless(!isRedis || RedisServer.IsInstalled, RedisServer.Missing);
        await using var redis = isRedis ? await RedisServer.StartAsync(Token) : null;
        var folder = Directory.CreateTempSubdirectory("rates-unfetched-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Rates:Redis"] = redis?.Address ?? "", ["Rates:DataFolder"] = folder.FullName }).Build();
        await using (var services = new ServiceCollection().AddLogging().AddRateStore(configuration).BuildServiceProvider())
        {
            var (history, sheets) = (services.GetRequiredService<IHistory>(), services.GetRequiredService<ISheetReader>());
            await history.UpsertHistoryAsync(
                "bank", Sample.Figures(new(2026, 8, 18), "EUR/USD 1.1602", "EUR/GBP 0.8650"), Sample.Now, Token);
            var entries = new Dictionary<string, ProviderEntry>
            {
                ["bank"] = StoreChangeReader.Entry(null, Sample.Known("bank"), ShippedSheet, "", Sample.Now, isStart: true),
            };

            await new UnfetchedRates(history).ReadAsync(await sheets.ReadIndexAsync(Token), entries, Sample.Now, Token);

            Assert.Equal(new(2026, 8, 18), entries["bank"].AsOf);
            Assert.Equal(["EUR/GBP 0.8650", "EUR/USD 1.1602"], entries["bank"].Sheet!.Observations.Select(one => $"{one.Pair} {one.Rate}"));
            Assert.Empty((await sheets.ReadIndexAsync(Token)).Sheets);
        }

        folder.Delete(recursive: true);
    }

    private static RateSheet ShippedSheet => Sample.Sheet("bank", Shipped, Sample.Now, null, "EUR/USD 1.1684") with { Seeded = true };

    private static ApiFixture Api(InMemoryRates store) => new(store)
    {
        Change = services => services.AddSingleton(new ShippedSheets([ShippedSheet])),
    };

    private static async Task<string> LookAsync(ApiFixture api)
    {
        api.Store.HistoryRevision++;
        api.Time.Advance(Look);
        await api.RefreshAsync();
        return await BankAsync(api);
    }

    private static async Task<string> BankAsync(ApiFixture api)
    {
        var bank = (await api.JsonAsync(Latest)).GetProperty("providers")[0];
        return $"{Text(bank, "asOf")} {bank.GetProperty("rates").GetProperty("USD").GetRawText()} {Raw(bank, "reason")}";
    }
}
