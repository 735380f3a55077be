using Rates.Core;
using Rates.Store;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What goes wrong, and that it stays where it is.</summary>
public sealed partial class PrefetchTests
{
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
    public async Task A_row_that_cannot_be_read_costs_itself_and_is_named_until_it_is_gone()
    {
        var day = DateOnly.FromDateTime(_time.GetUtcNow().Date);
        _upstream["ecb"].Serve(EcbDocument.WithDash(day, "GBP"));
        await _bench.AlarmAsync("ecb");

        var sheet = await _bench.SheetAsync("ecb");
        Assert.Equal(11, sheet!.Observations.Count);
        Assert.DoesNotContain(sheet.Observations, observation => observation.Pair.Quote.Code == "GBP");
        var odd = new OddRow("day 1, element 3 <Cube>", "'-' is not a number of the form Point");
        await HealthSaysAsync(1, odd);
        var run = (await _bench.RunsAsync())[0];
        Assert.Equal(
            ("published", 1, $"1 row of the answer cannot be used and is left out: {odd}"), (run.Outcome, run.OddRows, run.Reason));
        Assert.Single(_bench.Log.Lines, line => line.Contains("ecb: 1 row of the answer cannot be used", StringComparison.Ordinal));

        await NextSlotAsync();
        Assert.Equal("unchanged", (await _bench.RunsAsync())[0].Outcome);
        await HealthSaysAsync(1, odd);
        Assert.Single(_bench.Log.Lines, line => line.Contains("ecb: 1 row of the answer cannot be used", StringComparison.Ordinal));

        _upstream["ecb"].Serve(EcbDocument.Of(day));
        await NextSlotAsync();
        await HealthSaysAsync(0);
        Assert.Equal(12, (await _bench.SheetAsync("ecb"))!.Observations.Count);
    }

    [Fact]
    public async Task Of_many_answers_one_may_be_a_single_odd_row_but_not_all()
    {
        var odd = Document.Of("""[{"Period":"2026-11-20T00:00:00","Value":"-"}]""", "application/json");
        _upstream["sarb"].Serve(Document.Of("""[{"Period":"2026-11-20T00:00:00","Value":0.4321}]""", "application/json"));
        await using var learning = new Bench(_time, _upstream, ["sarb"]);
        await learning.AlarmAsync("sarb");
        var requests = _upstream.CallsOf("sarb").Select(call => call.Path).ToList();
        Assert.Equal(23, requests.Count);

        _upstream["sarb"].Serve(odd, requests[4]);
        await using var one = new Bench(_time, _upstream, ["sarb"]);
        await one.AlarmAsync("sarb");
        var run = Assert.Single(await one.RunsAsync());
        Assert.Equal(("published", 1), (run.Outcome, run.OddRows));
        Assert.Contains($"{requests[4]}: [0]: '-' is not a number", run.Reason, StringComparison.Ordinal);
        Assert.Equal($"{requests[4]}: [0]", Assert.Single((await one.HealthAsync("sarb")).FirstOddRows).Place);

        _upstream["sarb"].Serve(odd);
        await using var all = new Bench(_time, _upstream, ["sarb"]);
        await all.AlarmAsync("sarb");
        run = Assert.Single(await all.RunsAsync());
        Assert.Equal("quarantined", run.Outcome);
        Assert.StartsWith("23 of 23 rows cannot be read, the first: ", run.Reason, StringComparison.Ordinal);
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
        Assert.Equal(state.NotBefore, await _bench.TriggerOnceAsync("ecb"));

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
            if (call == nameof(IClaims.PublishAsync) && !overtaken)
            {
                overtaken = true;
                // The first worker stands still for longer than its lease; the second takes over and publishes.
                _time.Advance(TimeSpan.FromSeconds(200));
                _upstream["ecb"].Serve(EcbDocument.Of(Day));
                other.AlarmAsync("ecb").GetAwaiter().GetResult();
            }
        };

        await _bench.AlarmAsync("ecb");

        Assert.Equal(
            1.1412m, (await _bench.SheetAsync("ecb"))!.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(["fenced", "published"], (await _bench.RunsAsync()).Select(run => run.Outcome).Order());
        Assert.Equal(2, _upstream.CallsOf("ecb").Count);
    }

    [Fact]
    public async Task Nothing_is_fetched_while_the_store_is_away()
    {
        _bench.Store.IsAway = true;
        await _bench.AlarmAsync("ecb");

        Assert.Empty(_upstream.Ledger);
        Assert.InRange((await _bench.TriggerOnceAsync("ecb"))!.Value - _time.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        Assert.Single(_bench.Log.Lines, line => line.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_away_for_a_moment_at_the_publish_costs_no_second_fetch()
    {
        var failures = 3;
        _bench.Store.Before = call =>
        {
            if (call == nameof(IClaims.PublishAsync) && failures-- > 0)
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
            if (call == nameof(IHistory.UpsertHistoryAsync))
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
        var wrong = System.Text.Encoding.UTF8.GetString(EcbDocument.Of(Day.AddDays(3)).Body).Replace(
            "'USD' rate='1.1412'", "'USD' rate='114.12'", StringComparison.Ordinal);
        _upstream["ecb"].Serve(Document.Of(wrong));

        await _bench.AlarmAsync("ecb");
        var sheet = await _bench.SheetAsync("ecb");
        var run = (await _bench.RunsAsync())[0];

        Assert.Equal(("published", Day.AddDays(3)), (run.Outcome, sheet!.AsOf));
        Assert.Contains("EUR/USD", run.Reason, StringComparison.Ordinal);
        Assert.Equal(1.1412m, sheet.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(
            Day, sheet.Observations.Where(observation => observation.Pair.Quote == Currency.Usd).Max(observation => observation.AsOf));
        Assert.Single(Assert.Single(await QuarantineAsync()).Observations);
        Assert.Null((await _bench.StateAsync("ecb")).Validators.BodyDigest);
    }

    [Fact]
    public async Task A_first_sheet_is_unconfirmed_until_a_second_one_agrees_and_a_refused_row_is_told_in_the_health()
    {
        await _bench.AlarmAsync("ecb");
        var first = await _bench.SheetAsync("ecb");
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(3)], (_, currency) => currency == "JPY" ? 0.1m : 1.001m));

        _time.Advance(TimeSpan.FromDays(3));
        await _bench.AlarmAsync("ecb");

        Assert.Equal(12, first!.Unconfirmed!.Count);
        Assert.Equal([CurrencyPair.Parse("EUR/JPY")], (await _bench.SheetAsync("ecb"))!.Unconfirmed);
        var health = await _bench.HealthAsync("ecb");
        Assert.Equal(1, health.RefusedRows);
        Assert.StartsWith("scale EUR/JPY 176.21", Assert.Single(health.FirstRefusedRows).Reason, StringComparison.Ordinal);
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
        string[] faults =
        [
            "none", "status 401", "status 500", "reset", "redirect http://elsewhere.example/?key=" + canary, "resetbody", "wronglength",
            "coded x", "html",
        ];
        foreach (var fault in faults)
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
        var stored = string.Concat(
            Directory.GetFiles(bench.Store.Folder, "rates.db*").Where(
                file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(ReadShared));
        Assert.True(stored.Length > 1000);
        Assert.DoesNotContain(canary, stored, StringComparison.Ordinal);
    }

    private async Task HealthSaysAsync(int oddRows, params OddRow[] first)
    {
        var health = await _bench.HealthAsync("ecb");
        Assert.Equal(oddRows, health.OddRows);
        Assert.Equal(first, health.FirstOddRows);
    }
}
