using System.Globalization;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>A worker that dies, stops or has a wrong clock, and one beside it: real processes.</summary>
public sealed class WorkerFaultTests(ITestOutputHelper output)
{
    private const string ClaimKey = "{rates}:fence";
    private const string PublishKey = "{rates}:latest:ecb";
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly string[] Ecb = ["ecb"];

    // One slot, which is due at the start: the last one of the year's.
    private static readonly (string, string) Yearly = ("Rates__Providers__ecb__Schedule", "0 0 0 1 1 ?");

    // Three seconds to fetch, so a lease of eight.
    private static readonly (string, string) Brief = ("Rates__Worker__Deadline", "00:00:03");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

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
        var victim = fleet.Worker("victim", Ecb, Yearly, Brief, ("Rates__Redis", relay.Address));
        await Eventually.IsAsync(
            () => point == "during the fetch" ? fleet.Upstream.CallsOf("ecb").Count == 1 : relay.Held.IsCompleted, Token, point);
        await victim.KillAsync();
        var (until, published) = (await fleet.FetchAsync("until"), await fleet.FetchAsync("done") > 0);
        var rescuer = fleet.Worker("rescuer", Ecb, Yearly, Brief);
        await rescuer.SaysAsync("a missed slot is fetched within");
        var wasReady = (await fleet.NowAsync()).ToUnixTimeMilliseconds() < until;

        await Eventually.IsAsync(
            async () => await fleet.FetchAsync("done") > 0 && (await fleet.RunsAsync()).Any() != published, () => rescuer.Output, Token);

        Assert.Equal(calls, fleet.Upstream.CallsOf("ecb").Count);
        Assert.Equal("1.1412", await fleet.Hand.HashGetAsync(PublishKey, "EUR/USD"));
        Assert.Equal(point == "after the publish", published);
        if (!published && until > 0)
        {
            var late = TimeSpan.FromMilliseconds(await fleet.FetchAsync("start") - until);
            output.WriteLine($"{point}: claimed again {late.TotalMilliseconds:0} ms after the lease's end"
                + (wasReady ? "" : "; the second worker started later than that"));
            Assert.Equal(2, await fleet.FetchAsync("attempt"));
            Assert.True(late >= TimeSpan.Zero && (!wasReady || late < TimeSpan.FromSeconds(10)), $"{late}");
        }
    }

    [Fact]
    public async Task A_worker_that_was_held_up_past_its_lease_publishes_nothing()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1412m));
        await using var relay = new RedisRelay(fleet.Redis.Port, PublishKey, HoldPoint.Command);
        var late = fleet.Worker("late", Ecb, Yearly, Brief, ("Rates__Redis", relay.Address));
        await relay.Held.WaitAsync(Limit, Token);
        await late.SignalAsync("-STOP");
        fleet.Upstream["ecb"].Serve(EcbDocument.Of(1.1500m));
        var rescuer = fleet.Worker("rescuer", Ecb, Yearly, Brief);
        await Eventually.IsAsync(
            async () => await fleet.Hand.HashGetAsync(PublishKey, "EUR/USD") == "1.1500", () => rescuer.Output, Token);
        var (index, fence) = (await fleet.Hand.HashGetAsync("{rates}:index", "ecb"), await fleet.FetchAsync("fence"));

        // Now its publish arrives, as from a machine that slept.
        relay.Release();
        await late.SignalAsync("-CONT");
        await Eventually.IsAsync(
            async () => (await fleet.RunsAsync()).Any(run => run is { Worker: "late", Outcome: "fenced" }), () => late.Output, Token);

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

        Assert.Equal(0, await first.StopAsync(Limit));

        Assert.Equal(0, await fleet.FetchAsync("until"));
        var second = fleet.Worker("second", Ecb, Yearly);
        await Eventually.IsAsync(async () => await fleet.FetchAsync("done") > 0, () => second.Output, Token);
        Assert.Equal(2, fleet.Upstream.CallsOf("ecb").Count);
        Assert.Equal(0, await fleet.FetchAsync("failures"));
    }

    [Theory]
    [InlineData("+3h", "ahead of")]
    [InlineData("-1h", "behind")]
    public async Task A_worker_with_a_wrong_clock_says_so_goes_on_and_silences_nobody(string clock, string direction)
    {
        Assert.SkipUnless(File.Exists(FakeTime), $"{FakeTime} is missing (Debian: apt-get install faketime)");
        await using var fleet = await Fleet.StartAsync();
        fleet.Upstream["ecb"].Always(new Fault(FaultKind.Status, "500"));
        (string, string)[] wrong =
        [
            ("LD_PRELOAD", FakeTime), ("FAKETIME", clock), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), Yearly,

            // Without it the library makes timed waits of this system's C library too long.
            ("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
        ];
        var skewed = fleet.Worker("skewed", Ecb, wrong);
        await skewed.SaysAsync($"{direction} the store's clock");
        await Eventually.IsAsync(async () => await fleet.FetchAsync("failures") == 1, () => skewed.Output, Token);

        // Held back by a minute from now, not from its own clock.
        var hold = DateTimeOffset.FromUnixTimeMilliseconds(await fleet.FetchAsync("notBefore"));
        Assert.InRange(hold, await fleet.NowAsync() - TimeSpan.FromMinutes(1), await fleet.NowAsync() + TimeSpan.FromMinutes(2));

        fleet.Upstream["ecb"].Always(Fault.None).Serve(EcbDocument.Of(1.1412m));
        await fleet.Hand.HashSetAsync("{rates}:schedule", "ecb", """{"cron":"0/2 * * * * ?","zone":"UTC","minimumGap":"00:00:00.5"}""");
        await fleet.Hand.HashSetAsync("{rates}:fetch:ecb", "notBefore", "0");
        await Eventually.IsAsync(
            async () => (await fleet.RunsAsync()).Count(run => run.Outcome is "published" or "unchanged") >= 3, () => skewed.Output, Token);
        var fetched = DateTimeOffset.Parse(
            (string)(await fleet.Hand.HashGetAsync(PublishKey, "@fetchedAt"))!, CultureInfo.InvariantCulture);
        Assert.InRange(fetched, await fleet.NowAsync() - TimeSpan.FromMinutes(2), await fleet.NowAsync());
        Assert.All(await fleet.RunsAsync(), run => Assert.True(run.Slot < TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5)));

        var right = fleet.Worker("right", Ecb, Yearly);
        await Eventually.IsAsync(
            async () => (await fleet.RunsAsync()).Any(run => run is { Worker: "right", Outcome: "published" or "unchanged" }),
            () => right.Output, Token);
        Assert.DoesNotContain("This machine's clock", right.Output, StringComparison.Ordinal);
        var runs = await fleet.RunsAsync();
        Assert.DoesNotContain(
            runs.Where(run => run.Requests > 0 && run.Outcome != "failed").CountBy(run => run.Slot), slot => slot.Value > 1);
    }
}
