using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>A worker that dies or stops, and one beside it: real processes.</summary>
public sealed class WorkerFaultTests(ITestOutputHelper output)
{
    private const string ClaimKey = "{rates}:fence";
    private const string PublishKey = "{rates}:latest:ecb";
    private static readonly string[] Ecb = ["ecb"];

    // One slot, which is due at the start: the last one of the year's.
    private static readonly (string, string) Yearly = ("Rates__Providers__ecb__Schedule", "0 0 0 1 1 ?");

    // All the time that a busy machine takes for a fetch. Nobody waits until such a lease ends: EndLeaseAsync brings its end near.
    private static readonly (string, string) Patient = ("Rates__Worker__Deadline", "00:01:00");
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(65);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Where the worker is when it is killed, and how often the source is asked for the slot altogether.</summary>
    public static TheoryData<string, int> Points => new()
    {
        { "before the claim", 1 }, { "after the claim", 1 }, { "during the fetch", 2 }, { "before the publish", 2 },
        { "after the publish", 1 },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_slot_of_a_killed_worker_is_done_by_another_after_the_lease(string point, int calls)
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1412m));
        if (point == "during the fetch")
        {
            fleet.Upstream["ecb"].Next(new Fault(FaultKind.Silence));
        }

        await using var relay = new RedisRelay(
            fleet.Redis.Port, point.EndsWith("claim", StringComparison.Ordinal) ? ClaimKey : PublishKey,
            point.StartsWith("before", StringComparison.Ordinal) ? HoldPoint.Command : HoldPoint.Answer);
        var victim = fleet.Worker("victim", Ecb, Yearly, Patient, ("Rates__Redis", relay.Address));
        await Eventually.IsAsync(
            () => point == "during the fetch" ? fleet.Upstream.CallsOf("ecb").Count == 1 : relay.IsHeld, Token, point);
        await victim.KillAsync();
        var published = await fleet.FetchAsync("done") > 0;
        var until = await fleet.FetchAsync("until") > 0 ? await EndLeaseAsync(fleet, TimeSpan.FromSeconds(5)) : 0;
        var rescuer = fleet.Worker("rescuer", Ecb, Yearly, Patient);
        await rescuer.SaysAsync("a missed slot is fetched within");
        var (ready, waited) = (await fleet.NowAsync(), rescuer.WaitedForProcessor());

        await Eventually.IsAsync(
            async () => await fleet.FetchAsync("done") > 0 && (await fleet.RunsAsync()).Any() != published, () => rescuer.Output, Token);

        Assert.Equal(calls, fleet.Upstream.CallsOf("ecb").Count);
        Assert.Equal("1.1412", await fleet.Hand.HashGetAsync(PublishKey, "EUR/USD"));
        Assert.Equal(point == "after the publish", published);
        if (!published && until > 0)
        {
            // By the server's clock. The span is printed and not asserted: a busy machine makes it longer. That a dead worker's slot is
            // taken within a second of its lease's end is proved on a clock of the test's own in ClaimOfDeadWorkerTests.
            var starved = rescuer.WaitedForProcessor() - waited;
            var (end, again) = (Instant(until), Instant(await fleet.FetchAsync("start")));
            var (sinceEnd, sinceReady) = (again - end, again - ready);
            output.WriteLine($"{point}: claimed again {sinceEnd.TotalMilliseconds:0} ms after the lease's end, "
                + $"{sinceReady.TotalMilliseconds:0} ms after the second worker was ready; that waited "
                + $"{starved.TotalMilliseconds:0} ms for a processor");
            Assert.Equal(2, await fleet.FetchAsync("attempt"));
            Assert.True(sinceEnd >= TimeSpan.Zero, $"{sinceEnd}");
        }
    }

    /// <summary>Brings the end of the lease in the store near, and returns it.</summary>
    private static async Task<long> EndLeaseAsync(Fleet fleet, TimeSpan fromNow)
    {
        Assert.Equal(Lease, Instant(await fleet.FetchAsync("until")) - Instant(await fleet.FetchAsync("start")));
        var until = (await fleet.NowAsync() + fromNow).ToUnixTimeMilliseconds();
        await fleet.Hand.HashSetAsync("{rates}:fetch:ecb", "until", until);
        return until;
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    [Fact]
    public async Task A_worker_that_was_held_up_past_its_lease_publishes_nothing()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1412m));
        await using var relay = new RedisRelay(fleet.Redis.Port, PublishKey, HoldPoint.Command);
        var late = fleet.Worker("late", Ecb, Yearly, Patient, ("Rates__Redis", relay.Address));
        await Eventually.IsAsync(() => Task.FromResult(relay.IsHeld), () => late.Output, Token);
        await late.SignalAsync("-STOP");
        await EndLeaseAsync(fleet, TimeSpan.Zero);
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1500m));
        var rescuer = fleet.Worker("rescuer", Ecb, Yearly, Patient);
        await Eventually.IsAsync(
            async () => await fleet.Hand.HashGetAsync(PublishKey, "EUR/USD") == "1.1500", () => rescuer.Output, Token);
        var (index, fence) = (await fleet.Hand.HashGetAsync("{rates}:index", "ecb"), await fleet.FetchAsync("fence"));

        // Now its publish arrives, as from a machine that slept.
        relay.Release();
        await late.SignalAsync("-CONT");
        // On a machine so busy that the worker lay still for long, its client gives the connection up before it reads the refusal.
        const string Reconnected = "answers again";
        await Eventually.IsAsync(
            async () => (await fleet.RunsAsync()).Any(run => run is { Worker: "late", Outcome: "fenced" })
                || late.Output.Contains(Reconnected, StringComparison.Ordinal),
            () => late.Output, Token);
        output.WriteLine(late.Output.Contains(Reconnected, StringComparison.Ordinal) ? "it had to connect again" : "it was refused");

        Assert.Equal(index, await fleet.Hand.HashGetAsync("{rates}:index", "ecb"));
        Assert.Equal(fence, await fleet.FetchAsync("fence"));
        Assert.Equal("1.1500", await fleet.Hand.HashGetAsync(PublishKey, "EUR/USD"));
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_stop_releases_what_it_cannot_finish()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1412m)).Next(new Fault(FaultKind.Silence));
        var first = fleet.Worker("first", Ecb, Yearly, ("Rates__Worker__StopWithin", "00:00:00"));
        await Eventually.IsAsync(() => fleet.Upstream.CallsOf("ecb").Count == 1, Token);
        Assert.True(await fleet.FetchAsync("until") > 0);

        Assert.Equal(0, await first.StopAsync(Eventually.Limit));

        Assert.Equal(0, await fleet.FetchAsync("until"));
        var second = fleet.Worker("second", Ecb, Yearly);
        await Eventually.IsAsync(async () => await fleet.FetchAsync("done") > 0, () => second.Output, Token);
        Assert.Equal(2, fleet.Upstream.CallsOf("ecb").Count);
        Assert.Equal(0, await fleet.FetchAsync("failures"));
    }
}
