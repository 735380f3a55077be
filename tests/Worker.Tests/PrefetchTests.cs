using Rates.Core;
using Rates.Providers;
using Rates.Store;
using Rates.Upstream;
using Rates.Worker.Fetching;

namespace Rates.Worker.Tests;

/// <summary>One alarm from the slot to what stands in the store afterwards.</summary>
public sealed class PrefetchTests : IAsyncLifetime
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
        Assert.Equal((Day, 3.75m), (sheet!.AsOf, sheet.Observations.Single(observation => observation.Pair == CurrencyPair.Parse("USD/SAR")).Rate));
        Assert.Empty(_upstream.CallsOf("pegs"));
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
        _upstream["ecb"].Serve(EcbDocument.Of(Day, factor: 1.001m, etag: "\"never changes\""));

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

    [Theory]
    [InlineData("html", "quarantined")]
    [InlineData("truncated 400", "quarantined")]
    [InlineData("charset utf-16", "quarantined")]
    [InlineData("status 404", "failed")]
    [InlineData("status 403", "failed")]
    [InlineData("reset", "failed")]
    public async Task A_fetch_that_fails_changes_nothing_of_what_is_served(string fault, string outcome)
    {
        await _bench.AlarmAsync("ecb");
        var before = await _bench.SheetAsync("ecb");
        _upstream["ecb"].Always(Fault.Parse(fault));

        await NextSlotAsync();

        var after = await _bench.SheetAsync("ecb");
        Assert.Equal((before!.Epoch, before.Version, before.CheckedAt), (after!.Epoch, after.Version, after.CheckedAt));
        Assert.Equal(before.Observations, after.Observations);
        var run = (await _bench.RunsAsync())[0];
        Assert.Equal(outcome, run.Outcome);
        Assert.NotEmpty(run.Reason);
        var health = await _bench.HealthAsync("ecb");
        Assert.Equal((1, run.Reason), (health.Failures, health.Reason));
        Assert.True(health.NotBefore > _time.GetUtcNow());
        Assert.True(health.LastSuccessAt < health.LastAttemptAt);
        Assert.Equal(outcome == "quarantined" ? 1 : 0, (await QuarantineAsync()).Count);
    }

    [Fact]
    public async Task A_page_for_people_is_kept_aside_once_however_often_it_comes()
    {
        _upstream["ecb"].Always(new(FaultKind.Html));
        await _bench.AlarmAsync("ecb");
        for (var slot = 0; slot < 4; slot++)
        {
            await NextSlotAsync();
        }

        var page = Assert.Single(await QuarantineAsync());
        Assert.Contains("Request Rejected", page.Excerpt, StringComparison.Ordinal);
        Assert.Empty(page.Observations);
        Assert.Null(await _bench.SheetAsync("ecb"));
        Assert.True((await _bench.HealthAsync("ecb")).Quarantined > 1);
    }

    [Fact]
    public async Task Failures_back_off_over_all_workers_and_one_success_ends_it()
    {
        _upstream["ecb"].Always(new(FaultKind.Status, "503"));
        await _bench.AlarmAsync("ecb");
        var afterFirst = _upstream.CallsOf("ecb").Count;
        var state = await _bench.StateAsync("ecb");
        await using var other = new Bench(_time, _upstream, ["ecb"], store: _bench.Store);
        await other.AlarmAsync("ecb");

        Assert.Equal(3, afterFirst);
        Assert.Equal((1, 3), (state.Failures, _upstream.CallsOf("ecb").Count));
        Assert.Equal(state.NotBefore, await _bench.AgainAsync("ecb"));

        _time.Advance(state.NotBefore!.Value - _time.GetUtcNow());
        await _bench.AlarmAsync("ecb");
        Assert.Equal(2, (await _bench.StateAsync("ecb")).Failures);
        Assert.Equal(4, _upstream.CallsOf("ecb").Count);

        _upstream["ecb"].Always(Fault.None);
        _time.Advance(TimeSpan.FromMinutes(2));
        await _bench.AlarmAsync("ecb");
        Assert.Equal((0, null), ((await _bench.StateAsync("ecb")).Failures, (await _bench.StateAsync("ecb")).NotBefore));
    }

    [Fact]
    public async Task A_long_retry_after_holds_every_worker_back()
    {
        _upstream["ecb"].Always(new(FaultKind.Status, "429 Retry-After: 7200"));
        await _bench.AlarmAsync("ecb");
        await using var other = new Bench(_time, _upstream, ["ecb"], store: _bench.Store);
        for (var minute = 0; minute < 115; minute += 5)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await _bench.AlarmAsync("ecb");
            await other.AlarmAsync("ecb");
        }

        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_dead_source_is_called_at_most_fifteen_times_in_six_hours()
    {
        // Every five minutes round the clock, so that it is the back-off that holds back.
        var definition = new ScheduleDefinition { Cron = "0 0/5 * * * ?", Zone = "UTC", By = "ops" };
        _upstream["ecb"].Always(new(FaultKind.Status, "500"));
        await _bench.AlarmAsync("ecb", definition);
        for (var minute = 0; minute < 6 * 60; minute += 5)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await _bench.AlarmAsync("ecb", definition);
        }

        Assert.InRange(_upstream.CallsOf("ecb").Count, 9, 15);
    }

    [Fact]
    public async Task A_worker_that_was_overtaken_publishes_nothing()
    {
        await using var other = new Bench(_time, _upstream, ["ecb"], store: _bench.Store);
        _upstream["ecb"].Serve(EcbDocument.Of(Day, factor: 1.01m));
        var overtaken = false;
        _bench.Store.Before = call =>
        {
            if (call == nameof(IRateWriter.PublishAsync) && !overtaken)
            {
                overtaken = true;
                // The first worker stands still for longer than its lease; the second takes over and publishes.
                _time.Advance(TimeSpan.FromSeconds(200));
                _upstream["ecb"].Serve(EcbDocument.Of(Day));
                other.AlarmAsync("ecb").GetAwaiter().GetResult();
            }
        };

        await _bench.AlarmAsync("ecb");

        Assert.Equal(1.1412m, (await _bench.SheetAsync("ecb"))!.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(["fenced", "published"], (await _bench.RunsAsync()).Select(run => run.Outcome).Order());
        Assert.Equal(2, _upstream.CallsOf("ecb").Count);
    }

    [Fact]
    public async Task Nothing_is_fetched_while_the_store_is_away()
    {
        _bench.Store.IsAway = true;
        await _bench.AlarmAsync("ecb");

        Assert.Empty(_upstream.Ledger);
        Assert.InRange((await _bench.AgainAsync("ecb"))!.Value - _time.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        Assert.Single(_bench.Log.Lines, line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_moment_at_the_publish_costs_no_second_fetch()
    {
        var failures = 3;
        _bench.Store.Before = call =>
        {
            if (call == nameof(IRateWriter.PublishAsync) && failures-- > 0)
            {
                throw new StoreUnavailableException("away for a moment", null);
            }
        };

        await _bench.AlarmAsync("ecb");

        Assert.Equal("published", Assert.Single(await _bench.RunsAsync()).Outcome);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_fault_of_ours_is_recorded_and_ends_nothing_else()
    {
        _bench.Store.Before = call =>
        {
            if (call == nameof(IRateWriter.UpsertHistoryAsync))
            {
                throw new ArithmeticException("bug");
            }
        };
        await _bench.AlarmAsync("ecb");

        Assert.Contains("ArithmeticException: bug", (await _bench.HealthAsync("ecb")).Reason, StringComparison.Ordinal);
        Assert.Null(await _bench.SheetAsync("ecb"));
        _bench.Store.Before = _ => { };
        await NextSlotAsync();
        Assert.NotNull(await _bench.SheetAsync("ecb"));
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
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(7), Day.AddDays(6), Day.AddDays(5), Day.AddDays(4), Day.AddDays(3)]), "eurofxref-hist-90d.xml");
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
            ["observations/group/FX_RATES_DAILY/json?start_date=2026-11-13&end_date=2026-11-20", "observations/group/FX_RATES_DAILY/json?start_date=2026-11-03&end_date=2026-11-20"],
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

    [Fact]
    public async Task Figures_that_cannot_be_right_are_kept_aside_and_what_is_served_stands()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3), factor: 100m));

        await _bench.AlarmAsync("ecb");

        Assert.Equal(Day, (await _bench.SheetAsync("ecb"))!.AsOf);
        Assert.Equal("quarantined", (await _bench.RunsAsync())[0].Outcome);
        var refused = Assert.Single(await QuarantineAsync());
        Assert.Equal(12, refused.Observations.Count);
        Assert.NotEmpty(refused.Reasons);
        Assert.Contains("gesmes", refused.Excerpt, StringComparison.Ordinal);
        Assert.Equal(1, (await _bench.HealthAsync("ecb")).Quarantined);
    }

    [Fact]
    public async Task One_figure_that_cannot_be_right_is_left_out_and_looked_at_again()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        var wrong = System.Text.Encoding.UTF8.GetString(EcbDocument.Of(Day.AddDays(3)).Body).Replace("'USD' rate='1.1412'", "'USD' rate='114.12'", StringComparison.Ordinal);
        _upstream["ecb"].Serve(Document.Of(wrong));

        await _bench.AlarmAsync("ecb");
        var sheet = await _bench.SheetAsync("ecb");
        var run = (await _bench.RunsAsync())[0];

        Assert.Equal(("published", Day.AddDays(3)), (run.Outcome, sheet!.AsOf));
        Assert.Contains("EUR/USD", run.Reason, StringComparison.Ordinal);
        Assert.Equal(1.1412m, sheet.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(Day, sheet.Observations.Where(observation => observation.Pair.Quote == Currency.Usd).Max(observation => observation.AsOf));
        Assert.Single(Assert.Single(await QuarantineAsync()).Observations);
        Assert.Null((await _bench.StateAsync("ecb")).Validators.BodyDigest);
    }

    [Fact]
    public async Task Secrets_are_found_nowhere_whatever_goes_wrong()
    {
        const string canary = "canary-7f3a91c2";
        await using var bench = new Bench(_time, _upstream, ["ecb"], new()
        {
            ["Rates:Providers:ecb:Key"] = canary,
            ["Rates:Providers:ecb:Credential:Query"] = "key",
        });
        _upstream["ecb"].Serve(Document.Of($"<html>unknown key {canary}</html>", "text/html"));
        foreach (var fault in new[] { "none", "status 401", "status 500", "reset", "redirect http://elsewhere.example/?key=" + canary, "resetbody", "wronglength", "coded x", "html" })
        {
            _upstream["ecb"].Always(Fault.Parse(fault));
            await bench.AlarmAsync("ecb");
            _time.Advance(TimeSpan.FromHours(2));
        }

        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(Day)).Always(Fault.None);
        await bench.AlarmAsync("ecb");

        Assert.NotNull(await bench.SheetAsync("ecb"));
        Assert.Contains(_upstream.CallsOf("ecb"), call => call.Path.EndsWith($"key={canary}", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains(canary, StringComparison.Ordinal));
        var stored = string.Concat(Directory.GetFiles(bench.Store.Folder, "rates.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(ReadShared));
        Assert.True(stored.Length > 1000);
        Assert.DoesNotContain(canary, stored, StringComparison.Ordinal);
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

    private Task<IReadOnlyList<QuarantinedSheet>> QuarantineAsync() => _bench.Store.Calls.ReadQuarantineAsync("ecb", TestContext.Current.CancellationToken);

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
