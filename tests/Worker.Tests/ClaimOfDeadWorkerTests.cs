using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>A slot whose worker died is taken within a second of the end of its lease, by the store's clock.</summary>
public sealed class ClaimOfDeadWorkerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    /// <summary>The lease that the dead worker took, and when the other one looks first.</summary>
    public static TheoryData<int, int> Moments => new()
    {
        { 25_000, 0 }, { 25_000, 1 }, { 25_000, 999 }, { 25_000, 24_001 }, { 25_000, 24_999 }, { 25_000, 25_000 }, { 8_000, 7_500 },
        { 45_000, 333 }, { 700, 100 }, { 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task It_is_taken_within_a_second_of_the_leases_end(int lease, int first)
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"]);
        var definition = worker.Get<ScheduleTable>().Shipped["ecb"];
        worker.Get<ScheduleTable>().Update(new Dictionary<string, ScheduleDefinition> { ["ecb"] = definition });
        var due = SlotCalculator.Latest(worker.Get<ScheduleTable>().Find("ecb")!.Due, null, _time.GetUtcNow())!.Value;
        var dead = await worker.Store.Calls.ClaimAsync(
            "ecb", due, new("dead", TimeSpan.FromMilliseconds(lease), TimeSpan.Zero, 8), Token);
        Assert.Equal(ClaimVerdict.Granted, dead.Verdict);
        _time.Advance(TimeSpan.FromMilliseconds(first));

        // As Quartz does it: the next look is when the one before has said.
        var (slot, again) = await worker.Get<SlotClaimer>().ClaimAsync("ecb", Token);
        var looks = 1;
        while (slot is null && looks < 1000)
        {
            Assert.NotNull(again);
            _time.Advance(again.Value);
            (slot, again) = await worker.Get<SlotClaimer>().ClaimAsync("ecb", Token);
            looks++;
        }

        Assert.NotNull(slot);
        Assert.Equal((due, 2), (slot.Claim.Slot, (await worker.StateAsync("ecb")).Attempt));
        Assert.InRange(slot.StartedAt - dead.Until!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(looks <= (lease / 1000) + 3, $"{looks} looks");
    }
}
