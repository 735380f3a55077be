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
}
