using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>How often the triggers of one worker reach the store and the source.</summary>
public sealed class TriggerThrottleTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-21T12:00:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public TriggerThrottleTests() => _store = new TestStore(_time);

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(new DateOnly(2026, 11, 20)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_storm_of_triggers_reaches_neither_the_store_nor_the_source()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        await worker.AlarmAsync("ecb");
        var calls = 0;
        _store.Before = _ => calls++;
        for (var trigger = 0; trigger < 200; trigger++)
        {
            await worker.AlarmAsync("ecb");
        }

        Assert.Equal(0, calls);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_shorter_gap_that_an_operator_sets_is_in_force_at_once()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        var minutely = worker.Get<ScheduleTable>().Shipped["ecb"] with { Cron = "0 * * * * ?", MinimumGap = TimeSpan.FromHours(1) };
        await worker.AlarmAsync("ecb", minutely);
        _time.Advance(Minute * 2);

        await worker.AlarmAsync("ecb", minutely with { MinimumGap = Minute });

        Assert.Equal(2, _upstream.CallsOf("ecb").Count);
    }
}
