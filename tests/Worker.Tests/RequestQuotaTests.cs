using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>All workers together send a metered source no more requests a day than it allows, whatever the requests are for.</summary>
public sealed class RequestQuotaTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly ScheduleDefinition EveryMinute = new() { Cron = "", Every = TimeSpan.FromMinutes(1), Zone = "UTC" };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T18:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public RequestQuotaTests() => _store = new TestStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _upstream["ecb"].Serve(
            EcbDocument.Of(
                Enumerable.Range(0, 85).Select(back => Day.AddDays(-back)).Where(
                    day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))), "eurofxref-hist-90d.xml");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Two_workers_share_the_quota_and_say_when_it_is_used()
    {
        await using var one = Worker(3);
        await using var two = Worker(3);

        await AlternateAsync(8, one, two);

        Assert.Equal(3, _upstream.CallsOf("ecb").Count);
        const string Used = "daily quota of 3 requests used; next at 2026-11-21 00:00:00Z";
        var health = await one.HealthAsync("ecb");
        Assert.Equal((Used, DateTimeOffset.Parse("2026-11-21T00:00:00Z")), (health.Reason, health.NotBefore));
        var run = Assert.Single(await one.RunsAsync(), run => run.Outcome == "failed");
        Assert.Equal((Used, 0), (run.Reason, run.Requests));
        Assert.Contains(one.Log.Lines.Concat(two.Log.Lines), line => line.Contains(Used, StringComparison.Ordinal));

        _time.Advance(DateTimeOffset.Parse("2026-11-21T00:01:00Z") - _time.GetUtcNow());
        await AlternateAsync(8, one, two);

        Assert.Equal(6, _upstream.CallsOf("ecb").Count);
    }

    [Fact]
    public async Task The_day_of_a_quota_is_that_of_its_zone()
    {
        await using var worker = Worker(1, ("QuotaZone", "America/New_York"));

        await AlternateAsync(3, worker);

        Assert.EndsWith("next at 2026-11-21 05:00:00Z", (await worker.HealthAsync("ecb")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_fail_and_are_sent_again_count()
    {
        _upstream["ecb"].Always(Fault.Parse("status 503"));
        await using var worker = Worker(4);

        await AlternateAsync(30, worker);

        Assert.Equal(4, _upstream.CallsOf("ecb").Count);
        Assert.StartsWith("daily quota of 4 requests used", (await worker.HealthAsync("ecb")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_to_run_now_counts_and_is_told_the_reason()
    {
        await using var worker = await (await Worker(1).StartAsync()).ReadyAsync();
        var book = new CommandStore(_store.Documents);
        Assert.Equal(CommandState.Done, (await RunAsync(book)).State);
        _time.Advance(TimeSpan.FromMinutes(2));

        var ended = await RunAsync(book);

        Assert.Equal(CommandState.Failed, ended.State);
        Assert.Contains("daily quota of 1 requests used; next at 2026-11-21 00:00:00Z", ended.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_back_fill_leaves_what_the_schedule_needs()
    {
        // From 18:06 to midnight the schedule is due at 19:00, 20:00 ... 23:00; one fetch more is kept.
        ScheduleDefinition hourly = new() { Cron = "", Every = TimeSpan.FromHours(1), Zone = "UTC" };
        await using var one = Worker(8, ("BackfillDays", "4"), history: 40);
        await using var two = Worker(8, ("BackfillDays", "4"), history: 40);
        await one.AlarmAsync("ecb", hourly);
        two.Get<ScheduleTable>().Update(new Dictionary<string, ScheduleDefinition> { ["ecb"] = hourly });

        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await (i % 2 == 0 ? one : two).Get<Backfill>().StepAsync(Token);
        }

        Assert.Equal(2, _upstream.CallsOf("ecb").Count);
        Assert.Contains(await one.RunsAsync(), run => run.Reason.StartsWith("history of 2026-11-", StringComparison.Ordinal)
            && run.Reason.EndsWith(
                "left for later: daily quota of 8 requests: 2 are used, 6 are kept for the schedule, and this back-fill needs 1; "
                + "next at 2026-11-21 00:00:00Z",
                StringComparison.Ordinal));
        Assert.Contains(
            one.Log.Lines.Concat(two.Log.Lines), line => line.Contains("6 are kept for the schedule", StringComparison.Ordinal));
        Assert.Null(await _store.Calls.ReadFailedBackfillAsync("ecb", Token));
    }

    [Fact]
    public async Task A_fetch_does_not_begin_that_the_rest_of_the_quota_cannot_complete()
    {
        // This source is asked once for each day.
        await using var worker = Worker(4, provider: "openexchangerates");
        _upstream["openexchangerates"].Serve(Rates(Day), "latest.json");
        _upstream["openexchangerates"].Serve(Rates(Day.AddDays(-1)), $"historical/{Day.AddDays(-1):yyyy-MM-dd}.json");
        var provider = worker.Get<ScheduleTable>().Fetched["openexchangerates"];
        var (fetch, window) = (worker.Get<ProviderFetch>(), new FetchWindow(Day.AddDays(-1), Day, Day));
        await fetch.RunAsync(provider, window, FetchValidators.None, null, new(retries: false, TimeSpan.Zero), Token);

        await fetch.RunAsync(
            provider, window with { From = Day }, FetchValidators.None, null, new(retries: false, TimeSpan.Zero), Token);
        var problem = await Assert.ThrowsAsync<Providers.ProviderException>(
            () => fetch.RunAsync(provider, window, FetchValidators.None, null, new(retries: false, TimeSpan.Zero), Token));

        Assert.Equal(
            "daily quota of 4 requests: 3 are used, and this fetch needs 2; next at 2026-11-21 00:00:00Z", problem.Reason);
        Assert.Equal(3, _upstream.CallsOf("openexchangerates").Count);
    }

    private static Document Rates(DateOnly day)
    {
        var noon = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero).ToUnixTimeSeconds();
        return Document.Of($$$"""{"timestamp":{{{noon}}},"base":"USD","rates":{"EUR":0.87}}""", "application/json");
    }

    private Bench Worker(int quota, (string Name, string Value)? other = null, int history = 0, string provider = "ecb")
    {
        Dictionary<string, string?> settings = new()
        {
            [$"Rates:Providers:{provider}:DailyQuota"] = $"{quota}",
            [$"Rates:Providers:{provider}:Key"] = "a-key",
            ["Rates:Worker:Backfill"] = $"{history}",
        };
        if (other is { } more)
        {
            settings[$"Rates:Providers:{provider}:{more.Name}"] = more.Value;
        }

        return new(_time, _upstream, [provider], settings, _store);
    }

    /// <summary>A trigger each minute, on one worker after the other.</summary>
    private async Task AlternateAsync(int times, params Bench[] workers)
    {
        for (var i = 0; i < times; i++)
        {
            await workers[i % workers.Length].AlarmAsync("ecb", EveryMinute);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private async Task<OperatorCommand> RunAsync(CommandStore book)
    {
        var id = await book.AskAsync(
            new() { Kind = CommandKind.Run, Provider = "ecb", By = "anna", CreatedAt = _time.GetUtcNow() }, Token);
        OperatorCommand? ended = null;
        await Eventually.IsAsync(
            async () => (ended = (await book.ReadAsync(Token))[id!].Value).HasEnded, () => $"{ended} ends", Token);
        return ended!;
    }
}
