using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>Counters that somebody overwrote are set again by the next change, and stop nothing.</summary>
public sealed class DamagedCounterTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);

    public static TheoryData<string> Junk => ["", "abc", "nan", "inf", "-inf", "1e300", "-5", "12.5", "9223372036854775807", "a list"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Junk))]
    public async Task A_damaged_version_fence_or_revision_is_set_again(string junk)
    {
        await using var rig = redis.PatientRig();
        var before = await PublishAsync(rig);
        RedisKey[] counters = [rig.Keys.Version, rig.Keys.Fence, rig.Keys.ScheduleRevision, rig.Keys.ProvidersRevision];
        foreach (var counter in counters)
        {
            await rig.Hand.KeyDeleteAsync(counter);
            if (junk == "a list")
            {
                await rig.Hand.ListLeftPushAsync(counter, "x");
            }
            else
            {
                await rig.Hand.StringSetAsync(counter, junk);
            }
        }

        var schedule = new ScheduleDefinition { Cron = "0 0 16 * * ?", Zone = "UTC" };
        await rig.Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { ["ecb"] = schedule }, Token);
        await rig.Store.WriteProviderAsync(Sheets.Profile("ecb"), null, Token);
        var after = await PublishAsync(rig);

        Assert.True(after > before, $"{after} after {before}");
        Assert.True(await rig.Store.ReadRevisionAsync(Token) > 0);
        Assert.Single(await rig.Store.ReadAllAsync(Token));
        Assert.True((await rig.Store.ReadIndexAsync(Token)).Sheets["ecb"].Version == after);
        foreach (var counter in counters)
        {
            Assert.True(long.TryParse((string?)await rig.Hand.StringGetAsync(counter), out var number) && number > 1_700_000_000_000);
        }
    }

    private static async Task<long> PublishAsync(RedisRig rig)
    {
        var claim = await rig.Store.ClaimAsync("ecb", TimeProvider.System.GetUtcNow(), Terms, Token);
        Assert.Equal(ClaimVerdict.Granted, claim.Verdict);
        var published = await rig.Store.PublishAsync(claim, Sheets.Of("ecb"), FetchValidators.None, Token);
        Assert.True(published.Accepted);
        return published.Version;
    }
}
