using Quartz;
using Rates.Providers;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>A whole worker under a clock of ours: what it asks, when, and how often.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Saturday noon: the slots of Friday evening were missed.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-21T12:00:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public ScheduleTests() => _store = new TestStore(_time);

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task After_a_start_the_missed_slot_is_made_up_for_once_over_all_workers()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await one.PassAsync(TimeSpan.FromMinutes(2), Second * 2, two);

        Assert.Single(_upstream.CallsOf("ecb"));
        Assert.Equal(DateTimeOffset.Parse("2026-11-20T17:59:00Z"), (await one.StateAsync("ecb")).Done!.Value, TimeSpan.FromMinutes(10));

        await using var three = await StartAsync();
        await three.PassAsync(TimeSpan.FromMinutes(2), Second * 2, one, two);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task As_many_fetches_run_at_once_as_the_setting_says()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], new() { ["Rates:Worker:MaxConcurrency"] = "3" }, _store);
        var scheduler = await worker.Get<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);

        Assert.Equal(3, (await scheduler.GetMetadata(TestContext.Current.CancellationToken)).ThreadPoolSize);
    }

    [Fact]
    public async Task Every_slot_is_fetched_once_over_three_workers()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await using var three = await StartAsync();
        await EditAsync("0 0/5 * * * ?");
        await one.PassAsync(Second, Second, two, three);
        await Task.WhenAll(one.LoggedAsync("(set by ops)"), two.LoggedAsync("(set by ops)"), three.LoggedAsync("(set by ops)"));
        await one.PassAsync(TimeSpan.FromSeconds(59), Second * 2, two, three);
        Assert.Single(_upstream.CallsOf("ecb"));
        _upstream.ClearLedger();

        await one.PassAsync(TimeSpan.FromHours(1), Second * 10, two, three);

        await Eventually.IsAsync(
            async () => (await one.RunsAsync()).Count == 1 + 12, () => "a run recorded for each slot",
            TestContext.Current.CancellationToken);
        Assert.Equal(12, _upstream.CallsOf("ecb").Count);
        Assert.Equal(
            12, (await one.RunsAsync()).Where(run => run.At > _time.GetUtcNow().AddHours(-1)).Select(run => run.Slot).Distinct().Count());
    }

    [Fact]
    public async Task A_changed_schedule_is_followed_at_once_and_a_switched_off_one_is_not_asked()
    {
        await using var worker = await StartAsync();
        await worker.PassAsync(Minute, Second * 2);
        await Eventually.IsAsync(
            async () => await worker.SheetAsync("ecb") is not null, () => "the first fetch", TestContext.Current.CancellationToken);
        _upstream.ClearLedger();

        await EditAsync("0 0/10 12-13 * * ?", "UTC");
        await worker.PassAsync(Second, Second);
        await worker.LoggedAsync("(set by ops)");
        await worker.PassAsync(TimeSpan.FromMinutes(20), Second * 5);
        Assert.Equal(2, _upstream.CallsOf("ecb").Count);

        await EditAsync("0 0/10 12-13 * * ?", "UTC", enabled: false);
        await worker.PassAsync(TimeSpan.FromMinutes(20), Second * 5);
        Assert.Equal(2, _upstream.CallsOf("ecb").Count);

        await EditAsync("0 0/10 12-13 * * ?", "UTC");
        await worker.PassAsync(TimeSpan.FromMinutes(3), Second * 5);
        Assert.Equal(3, _upstream.CallsOf("ecb").Count);
    }

    [Fact]
    public async Task What_an_operator_set_survives_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await before.PassAsync(Minute, Second * 5);
            await EditAsync("0 0 3 * * ?", "UTC");
        }

        await using var after = await StartAsync();
        await after.PassAsync(Minute, Second * 5);

        var stored = (await _store.Calls.ReadAllAsync(TestContext.Current.CancellationToken))["ecb"];
        Assert.Equal(("0 0 3 * * ?", "ops"), (stored.Cron, stored.By));
    }

    [Fact]
    public async Task A_schedule_that_an_operator_took_back_is_the_shipped_one_again_at_once()
    {
        await using var worker = await StartAsync();
        await worker.ReadyAsync();
        await EditAsync("0 0 3 * * ?", "UTC");
        await worker.LoggedAsync("(set by ops)");
        var edited = (await _store.Calls.ReadAllAsync(TestContext.Current.CancellationToken))["ecb"];

        await _store.Calls.EditAsync("ecb", edited.Revision, edited with { Reset = true }, TestContext.Current.CancellationToken);

        // Its clock stands still: the hint alone is enough.
        await Eventually.IsAsync(
            () => worker.Get<ScheduleTable>().Find("ecb")?.Definition is { By: "shipped", Revision: > 2 },
            TestContext.Current.CancellationToken);
        Assert.Equal(worker.Get<ScheduleTable>().Shipped["ecb"].Cron, worker.Get<ScheduleTable>().Find("ecb")!.Definition.Cron);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_clock_that_is_set_stops_nothing_and_sets_off_no_storm(int hours)
    {
        await using var worker = await StartAsync();
        await EditAsync("0/30 * * * * ?", gap: Second);
        await worker.PassAsync(TimeSpan.FromMinutes(2), Second);
        _upstream.ClearLedger();

        _time.SetWall(TimeSpan.FromHours(hours));
        await worker.PassAsync(Minute * 2, Second);

        // Four slots came due, and the step may cost one fetch more.
        Assert.InRange(_upstream.CallsOf("ecb").Count, 4, 5);
        Assert.Single(worker.Log.Lines, line => line.Contains("wall clock was set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_starts_while_the_store_is_away_waits_for_it()
    {
        _store.IsAway = true;
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        await worker.StartAsync();
        await worker.PassAsync(TimeSpan.FromMinutes(2), Second * 2);
        await worker.LoggedAsync("cannot be reached");

        Assert.Empty(_upstream.Ledger);
        Assert.Single(
            worker.Log.Lines,
            line =>
                line.Contains("cannot be reached", StringComparison.Ordinal)
                    && line.Contains(_store.Calls.Location, StringComparison.Ordinal));

        _store.IsAway = false;
        await worker.PassAsync(TimeSpan.FromSeconds(6), Second);
        await worker.ReadyAsync();
        await worker.PassAsync(TimeSpan.FromMinutes(1), Second * 2);
        Assert.Single(_upstream.CallsOf("ecb"));
        Assert.Single(worker.Log.Lines, line => line.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_slot_of_a_worker_that_died_is_taken_over_when_its_lease_ends()
    {
        var slot = DateTimeOffset.Parse("2026-11-20T17:50:00Z");
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        worker.Get<ScheduleTable>().Update(worker.Get<ScheduleTable>().Shipped);
        slot = SlotCalculator.Latest(worker.Get<ScheduleTable>().Find("ecb")!.Due, null, _time.GetUtcNow())!.Value;
        await _store.Calls.ClaimAsync("ecb", slot, new("dead", TimeSpan.FromSeconds(25), Minute, 8), TestContext.Current.CancellationToken);
        await worker.StartAsync();
        await worker.ReadyAsync();

        await worker.PassAsync(TimeSpan.FromSeconds(24), Second);
        Assert.Empty(_upstream.Ledger);
        await worker.PassAsync(TimeSpan.FromSeconds(3) + TimeSpan.FromSeconds(8), Second);

        Assert.Single(_upstream.CallsOf("ecb"));
        Assert.Equal(2, (await worker.StateAsync("ecb")).Attempt);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_gives_its_slot_back()
    {
        _upstream["ecb"].Always(new(FaultKind.Silence));
        await using var worker = new Bench(_time, _upstream, ["ecb"], new() { ["Rates:Worker:StopWithin"] = "00:00:02" }, _store);
        await worker.StartAsync();
        await worker.ReadyAsync();
        for (var passed = 0; (await worker.StateAsync("ecb")).Until is null && passed < 300; passed++)
        {
            await worker.PassAsync(Second / 5, Second / 5);
        }

        await Eventually.IsAsync(() => _upstream.CallsOf("ecb").Count == 1, TestContext.Current.CancellationToken);

        var stopping = worker.StopAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await worker.StateAsync("ecb")).Until);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await stopping;

        var state = await worker.StateAsync("ecb");
        Assert.Equal((null, null, null, 0), (state.Until, state.Done, state.NotBefore, state.Failures));
        _upstream["ecb"].Always(Fault.None);
        await using var other = await StartAsync();
        await other.PassAsync(TimeSpan.FromSeconds(35), Second);
        Assert.NotNull(await other.SheetAsync("ecb"));
    }

    [Fact]
    public async Task What_a_store_lost_is_given_back_without_asking_a_source()
    {
        await using var empty = new TestStore(_time);
        await using var worker = await StartAsync();
        await worker.PassAsync(TimeSpan.FromMinutes(1), Second * 2);
        await EditAsync("0 0 3 * * ?", "UTC");
        await worker.PassAsync(TimeSpan.FromSeconds(10), Second * 2);
        await worker.LoggedAsync("(set by ops)");
        var sheet = await worker.SheetAsync("ecb");

        _store.Swap(empty);
        await worker.PassAsync(TimeSpan.FromSeconds(12), Second);
        await worker.LoggedAsync("schedules: they are stored again");
        await worker.LoggedAsync("the store had lost the sheet");

        var restored = await worker.SheetAsync("ecb");
        Assert.Equal(sheet!.Observations, restored!.Observations);
        Assert.Equal((sheet.FetchedAt, sheet.CheckedAt), (restored.FetchedAt, restored.CheckedAt));
        var definition = (await _store.Calls.ReadAllAsync(TestContext.Current.CancellationToken))["ecb"];
        Assert.Equal(("0 0 3 * * ?", "ops"), (definition.Cron, definition.By));
        Assert.True((await _store.Calls.ReadProvidersAsync(TestContext.Current.CancellationToken)).ContainsKey("ecb"));
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task Every_provider_is_made_known_and_the_worker_is_heard_of()
    {
        await using var worker = await StartAsync();
        await worker.PassAsync(TimeSpan.FromSeconds(12), Second * 2);

        var known = await _store.Calls.ReadProvidersAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ProviderCatalog.Shipped().All.Select(provider => provider.Key), known.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ecb"], known.Where(entry => entry.Value.Profile.Enabled).Select(entry => entry.Key));
        await Eventually.IsAsync(
            async () => (await _store.Calls.ReadWorkersAsync(TestContext.Current.CancellationToken)).Count == 1, () => "a heartbeat",
            TestContext.Current.CancellationToken);
    }

    private async Task<Bench> StartAsync() => await (await new Bench(_time, _upstream, ["ecb"], store: _store).StartAsync()).ReadyAsync();

    private async Task EditAsync(string cron, string zone = "UTC", bool enabled = true, TimeSpan? gap = null)
    {
        var before = (await _store.Calls.ReadAllAsync(TestContext.Current.CancellationToken))["ecb"];
        var definition = before with { Cron = cron, Zone = zone, Enabled = enabled, By = "ops", MinimumGap = gap ?? before.MinimumGap };
        Assert.NotNull(await _store.Calls.EditAsync("ecb", before.Revision, definition, TestContext.Current.CancellationToken));
    }
}
