using Rates.Core;
using Rates.Providers;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>The state of a provider that was never fetched, of which there are stored days or rates that ship with the product.</summary>
public sealed class UnfetchedDaysTests : IAsyncLifetime
{
    private static readonly DateOnly Friday = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private TestStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ProviderProfile Profile => ProviderCatalog.Shipped().Find("ecb")!.Block.Profile("ecb");

    public ValueTask InitializeAsync()
    {
        _store = new(_time);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task The_newer_of_the_stored_days_and_of_what_ships_counts_and_a_change_of_them_is_seen()
    {
        var days = new UnfetchedDays(_store.Calls, new([Shipped(Friday.AddDays(-30))]));
        var none = await NewestAsync(new(_store.Calls, ShippedSheets.None));
        var shipped = await NewestAsync(days);
        await RememberAsync(Friday.AddDays(-60));
        var older = await NewestAsync(days);
        await RememberAsync(Friday.AddDays(-2));
        var newer = await NewestAsync(days);
        await _store.Calls.UpsertHistoryAsync("ecb", [Figure(Friday) with { IsUnconfirmed = true }], _time.GetUtcNow(), Token);
        var unconfirmed = await NewestAsync(days);

        Assert.Equal((null, Friday.AddDays(-30), Friday.AddDays(-30)), (none, shipped, older));
        Assert.Equal((Friday.AddDays(-2), Friday.AddDays(-2)), (newer, unconfirmed));
        Assert.Equal(Friday.AddDays(-2), await NewestAsync(new(_store.Calls, ShippedSheets.None)));
    }

    [Fact]
    public async Task Its_status_is_that_of_these_days_until_a_sheet_is_published()
    {
        await using var bench = new Bench(_time, _upstream, ["ecb"], store: _store);
        await _store.Calls.WriteProviderAsync(Profile, new() { Failures = 2, Reason = "timed out" }, Token);
        var missing = await StateAsync(bench);
        await RememberAsync(Friday.AddDays(-3));
        var stored = await StateAsync(bench);
        _upstream["ecb"].Serve(EcbDocument.Of(Friday));
        await bench.AlarmAsync("ecb");
        var fetched = await StateAsync(bench);

        Assert.Equal((StalenessStatus.Missing, null, 0), (missing.Status, missing.AsOf, missing.Missed));
        Assert.Equal((StalenessStatus.Stale, Friday.AddDays(-3), 2), (stored.Status, stored.AsOf, stored.Missed));
        Assert.Equal(0, stored.Version);
        Assert.Equal((StalenessStatus.Fresh, Friday, 0), (fetched.Status, fetched.AsOf, fetched.Missed));
    }

    private static RateSheet Shipped(DateOnly day) =>
        SheetMerge.Merge(null, [Figure(day)], Profile, new(day, TimeOnly.MinValue, TimeSpan.Zero), null, null)! with { Seeded = true };

    private static Observation Figure(DateOnly day) => new(day, CurrencyPair.Parse("EUR/USD"), 1.1412m, RateKind.Reference);

    private static async Task<ProviderState> StateAsync(Bench bench) =>
        Assert.Single(await bench.Get<ProviderWatch>().ReadAsync(Token));

    private async Task<DateOnly?> NewestAsync(UnfetchedDays days) => (await days.NewestAsync(Profile, _time.GetUtcNow(), Token))?.AsOf;

    private Task<int> RememberAsync(DateOnly day) => _store.Calls.UpsertHistoryAsync("ecb", [Figure(day)], _time.GetUtcNow(), Token);
}
