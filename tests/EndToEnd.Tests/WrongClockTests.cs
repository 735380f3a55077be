using System.Globalization;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>A worker on a machine whose clock is wrong, and one beside it: real processes.</summary>
public sealed class WrongClockTests
{
    private const string PublishKey = "{rates}:latest:ecb";
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly string[] Ecb = ["ecb"];

    // One slot, which is due at the start: the last one of the year's.
    private static readonly (string, string) Yearly = ("Rates__Providers__ecb__Schedule", "0 0 0 1 1 ?");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
