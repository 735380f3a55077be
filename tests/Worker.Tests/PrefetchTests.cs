using Rates.Core;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>One trigger, from the slot to what the store holds afterwards.</summary>
public sealed partial class PrefetchTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private Bench _bench = null!;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _bench = new(_time, _upstream, ["ecb"]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_first_fetch_is_published_with_its_history_run_and_health()
    {
        await _bench.AlarmAsync("ecb");

        var sheet = await _bench.SheetAsync("ecb");
        Assert.Equal((Day, 12), (sheet!.AsOf, sheet.Observations.Count));
        Assert.Equal(1.1412m, sheet.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(_upstream.AddressOf("ecb") + "eurofxref-daily.xml", sheet.Source);
        Assert.Equal(_time.GetUtcNow(), sheet.FetchedAt);
        Assert.NotNull(sheet.NextExpectedAt);
        Assert.Equal(12, (await _bench.Store.Calls.ReadHistoryAsync("ecb", Day, Day, TestContext.Current.CancellationToken)).Count);
        var run = Assert.Single(await _bench.RunsAsync());
        Assert.Equal(("ecb", "published", "", 1, 12), (run.Provider, run.Outcome, run.Reason, run.Requests, run.Changes));
        Assert.True(run.Bytes > 500);
        Assert.Equal(_time.GetUtcNow(), (await _bench.HealthAsync("ecb")).LastSuccessAt);
    }

    [Fact]
    public async Task What_ships_with_a_provider_is_published_without_asking_anyone()
    {
        await using var bench = new Bench(_time, _upstream, ["pegs"]);

        await bench.AlarmAsync("pegs");

        var sheet = await bench.SheetAsync("pegs");
        Assert.Equal(
            (Day, 3.75m), (sheet!.AsOf, sheet.Observations.Single(observation => observation.Pair == CurrencyPair.Parse("USD/SAR")).Rate));
        Assert.Empty(_upstream.CallsOf("pegs"));
        Assert.Null(sheet.Unconfirmed);
        Assert.All(sheet.Observations, peg => Assert.False(peg.IsUnconfirmed));
    }

    [Fact]
    public async Task A_slot_that_is_done_is_not_fetched_again()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromMinutes(2));
        await _bench.AlarmAsync("ecb");

        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_source_that_confirms_with_304_moves_only_the_time_of_the_check()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day, etag: "\"a1\""));
        await _bench.AlarmAsync("ecb");
        var first = await _bench.SheetAsync("ecb");

        await NextSlotAsync();

        var second = await _bench.SheetAsync("ecb");
        Assert.Equal("\"a1\"", _upstream.CallsOf("ecb")[1].Headers["If-None-Match"]);
        Assert.Equal(first!.Observations, second!.Observations);
        Assert.Equal((first.FetchedAt, _time.GetUtcNow()), (second.FetchedAt, second.CheckedAt));
        Assert.Equal(["unchanged", "published"], (await _bench.RunsAsync()).Select(run => run.Outcome));
    }

    [Fact]
    public async Task The_same_body_is_a_confirmation_too()
    {
        await _bench.AlarmAsync("ecb");
        await NextSlotAsync();

        var sheet = await _bench.SheetAsync("ecb");
        Assert.Equal(_time.GetUtcNow(), sheet!.CheckedAt);
        Assert.True(sheet.FetchedAt < sheet.CheckedAt);
        Assert.Equal("unchanged", (await _bench.RunsAsync())[0].Outcome);
    }

    [Fact]
    public async Task Other_bytes_with_the_same_figures_are_a_confirmation_too()
    {
        await _bench.AlarmAsync("ecb");
        _upstream["ecb"].Serve(EcbDocument.Of(Day) with { Body = [.. EcbDocument.Of(Day).Body, (byte)'\n'] });

        await NextSlotAsync();

        Assert.Equal("unchanged", (await _bench.RunsAsync())[0].Outcome);
    }

    [Fact]
    public async Task Once_a_day_the_body_is_looked_at_whatever_the_validators_say()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day, etag: "\"never changes\""));
        await _bench.AlarmAsync("ecb");
        _upstream["ecb"].Serve(
            EcbDocument.Of([Day], (_, currency) => currency == "USD" ? 1.001m : 1m) with { ETag = "\"never changes\"" });

        await NextSlotAsync();
        Assert.Equal("unchanged", (await _bench.RunsAsync())[0].Outcome);
        _time.Advance(TimeSpan.FromDays(3));
        await _bench.AlarmAsync("ecb");

        Assert.Equal("published", (await _bench.RunsAsync())[0].Outcome);
        Assert.False(_upstream.CallsOf("ecb")[^1].Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task A_new_day_is_published_and_counts_its_changes()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3), factor: 1.002m));

        await _bench.AlarmAsync("ecb");

        Assert.Equal(Day.AddDays(3), (await _bench.SheetAsync("ecb"))!.AsOf);
        Assert.Equal(12, (await _bench.RunsAsync())[0].Changes);
    }

    [Fact]
    public async Task Days_missed_in_an_outage_are_asked_for_as_well()
    {
        var block = ProviderCatalog.Shipped().Find("ecb")!.Block;
        var now = _time.GetUtcNow();

        Assert.Equal(FetchWindow.Of(Day, Day), FetchWindows.Usual(block, now, now, now));
        Assert.Equal(Day.AddDays(-3), FetchWindows.Usual(block, now, now, now.AddDays(-3)).From);
        Assert.Equal(Day.AddDays(-10), FetchWindows.Usual(block, now, now, now.AddDays(-300)).From);
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(7));
        _upstream["ecb"].Serve(
            EcbDocument.Of([Day.AddDays(7), Day.AddDays(6), Day.AddDays(5), Day.AddDays(4), Day.AddDays(3)]), "eurofxref-hist-90d.xml");
        await _bench.AlarmAsync("ecb");

        Assert.Equal("eurofxref-hist-90d.xml", _upstream.CallsOf("ecb")[^1].Path);
        var history = await _bench.Store.Calls.ReadHistoryAsync("ecb", Day, Day.AddDays(7), TestContext.Current.CancellationToken);
        Assert.Equal(6, history.Select(observation => observation.AsOf).Distinct().Count());
    }

    [Fact]
    public async Task A_source_of_which_nothing_is_known_is_asked_further_back_once()
    {
        await using var bench = new Bench(_time, _upstream, ["boc"]);
        _upstream["boc"].Serve(Document.Of("""{"observations":[]}""", "application/json"));
        _time.Advance(TimeSpan.FromHours(6));

        await bench.AlarmAsync("boc");

        Assert.Equal(
            [
                "observations/group/FX_RATES_DAILY/json?start_date=2026-11-13&end_date=2026-11-20",
                "observations/group/FX_RATES_DAILY/json?start_date=2026-11-03&end_date=2026-11-20",
            ],
            _upstream.CallsOf("boc").Select(call => call.Path));
        Assert.Equal("empty", Assert.Single(await bench.RunsAsync()).Outcome);
        Assert.Equal(0, (await bench.HealthAsync("boc")).Failures);
    }

    [Fact]
    public async Task A_closed_history_is_fetched_once_from_where_it_ends()
    {
        var calls = 0;
        await using var bench = new Bench(_time, _upstream, ["bbk"]);
        _upstream["bbk"].Always(new(FaultKind.Status, "500"));
        await bench.LookAsync("bbk");
        calls = _upstream.CallsOf("bbk").Count;
        _upstream["bbk"].Always(Fault.None).Serve(Document.Of(
            """
            KEY;FREQ;BBK_STD_CURRENCY;BBK_ERX_PARTNER_CURRENCY;TIME_PERIOD;OBS_VALUE;BBK_TITLE
            BBEX3.D.USD.DEM.AA.AC.000;D;USD;DEM;1998-12-30;1.6730;Exchange rate 1 USD = ... DEM
            """,
            "text/csv"));
        _time.Advance(TimeSpan.FromMinutes(2));
        await bench.LookAsync("bbk");
        var run = (await bench.RunsAsync())[0];
        _time.Advance(TimeSpan.FromDays(2));
        await bench.LookAsync("bbk");

        Assert.Equal(3, calls);
        Assert.Equal(("published", ""), (run.Outcome, run.Reason));
        Assert.Equal(new DateOnly(1998, 12, 30), (await bench.SheetAsync("bbk"))!.AsOf);
        Assert.Equal(4, _upstream.CallsOf("bbk").Count);
    }

    [Fact]
    public async Task Figures_that_hold_without_asking_anyone_are_published_without_asking_anyone()
    {
        await using var bench = new Bench(_time, _upstream, ["pegs"]);

        await bench.AlarmAsync("pegs");

        Assert.Equal(Day, (await bench.SheetAsync("pegs"))!.AsOf);
        Assert.True((await bench.SheetAsync("pegs"))!.Observations.Count > 5);
        Assert.Equal(("published", 0), (Assert.Single(await bench.RunsAsync()).Outcome, (await bench.RunsAsync())[0].Requests));
        Assert.Empty(_upstream.Ledger);
    }

    private async Task NextSlotAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        await _bench.AlarmAsync("ecb");
        if (_upstream.Ledger.Count > 0 && (await _bench.StateAsync("ecb")).Slot is { } slot)
        {
            Assert.True(_time.GetUtcNow() - slot < TimeSpan.FromMinutes(10), "the slot before was not the last one");
        }
    }

    private Task<IReadOnlyList<QuarantinedSheet>> QuarantineAsync() =>
        _bench.Store.Calls.ReadQuarantineAsync("ecb", TestContext.Current.CancellationToken);

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
