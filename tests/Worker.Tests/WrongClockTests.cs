using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>A worker whose own clock is wrong goes by the store's clock and says so.</summary>
public sealed class WrongClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T18:30:00Z");

    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store = new(new FakeTimeProvider(Now));

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

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(30)]
    public async Task A_lone_worker_with_a_wrong_clock_fetches_and_stores_the_right_instants(int hours)
    {
        await using var worker = new Bench(new FakeTimeProvider(Now.AddHours(hours)), _upstream, ["ecb"], store: _store);

        await worker.AlarmAsync("ecb");

        var sheet = await worker.SheetAsync("ecb");
        Assert.NotNull(sheet);
        Assert.InRange(sheet.FetchedAt, Now, Now.AddMinutes(1));
        Assert.InRange(sheet.CheckedAt, Now, Now.AddMinutes(1));
        Assert.True((await worker.StateAsync("ecb")).Done <= Now);
        Assert.InRange((await worker.HealthAsync("ecb")).LastAttemptAt!.Value, Now, Now.AddMinutes(1));
        Assert.Single(worker.Log.Lines, line => line.Contains("This machine's clock is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_fetch_of_a_worker_three_hours_ahead_delays_the_others_by_minutes_only()
    {
        _upstream["ecb"].Always(Fault.Parse("status 500"));
        await using var wrong = new Bench(new FakeTimeProvider(Now.AddHours(3)), _upstream, ["ecb"], store: _store);

        await wrong.AlarmAsync("ecb");

        Assert.InRange((await wrong.StateAsync("ecb")).NotBefore!.Value, Now, Now.AddMinutes(2));
    }

    [Fact]
    public async Task A_right_clock_is_left_alone()
    {
        await using var worker = new Bench(new FakeTimeProvider(Now.AddSeconds(2)), _upstream, ["ecb"], store: _store);

        await worker.AlarmAsync("ecb");

        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains("This machine's clock", StringComparison.Ordinal));
        Assert.Equal(Now.AddSeconds(2), (await worker.SheetAsync("ecb"))!.FetchedAt, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_trigger_fires_by_the_machines_clock_at_the_instant_that_the_store_means()
    {
        await using var worker = new Bench(new FakeTimeProvider(Now.AddHours(3)), _upstream, ["ecb"], store: _store);
        _upstream["ecb"].Always(Fault.Parse("status 500"));

        await worker.AlarmAsync("ecb");

        var held = (await worker.StateAsync("ecb")).NotBefore!.Value;
        Assert.Equal(held.AddHours(3), (await worker.TriggerOnceAsync("ecb"))!.Value, TimeSpan.FromSeconds(5));
    }
}
