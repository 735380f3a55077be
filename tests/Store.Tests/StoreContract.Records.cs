using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_provider_is_read_with_its_profile_schedule_and_health()
    {
        var profile = Sheets.Profile(Ecb) with { Note = "quotes \",\\\"schedule\\\":\" in its note" };
        ProviderHealth health = new()
        {
            LastAttemptAt = Sheets.FetchedAt,
            Failures = 2,
            Reason = "503, \"health\":",
            NotBefore = Sheets.FetchedAt.AddHours(1),
        };

        await Store.WriteProviderAsync(profile, health, Token);
        var bare = (await Store.ReadProvidersAsync(Token))[Ecb];
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);
        var scheduled = (await Store.ReadProvidersAsync(Token))[Ecb];

        Assert.Equivalent(new StoredProvider(profile, null, health), bare, strict: true);
        Assert.Equivalent(new StoredProvider(profile, (await Store.ReadAllAsync(Token))[Ecb], health), scheduled, strict: true);
    }

    [Fact]
    public async Task A_profile_written_without_health_leaves_the_stored_health()
    {
        ProviderHealth health = new() { Failures = 3, Reason = "refused" };
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);
        await Store.WriteProviderAsync(Sheets.Profile(Ecb), health, Token);

        await Store.WriteProviderAsync(Sheets.Profile(Ecb) with { Name = "ECB" }, null, Token);

        var stored = (await Store.ReadProvidersAsync(Token))[Ecb];
        Assert.Equal("ECB", stored.Profile.Name);
        Assert.Equivalent(health, stored.Health, strict: true);
        Assert.Equal(Shipped.Cron, stored.Schedule?.Cron);
    }

    [Fact]
    public async Task The_providers_revision_moves_with_profile_health_and_schedule_and_only_then()
    {
        List<string> revisions = [await RevisionAsync()];
        await Store.WriteProviderAsync(Sheets.Profile(Ecb), null, Token);
        revisions.Add(await RevisionAsync());
        await Store.WriteProviderAsync(Sheets.Profile(Ecb), new() { Failures = 1 }, Token);
        revisions.Add(await RevisionAsync());
        await Store.EditAsync(Ecb, 0, Shipped, Token);
        revisions.Add(await RevisionAsync());

        await Store.WriteProviderAsync(Sheets.Profile(Ecb), new() { Failures = 1 }, Token);
        await PublishedAsync(Sheets.Of(Ecb));

        Assert.Equal(revisions.Distinct(), revisions);
        Assert.Equal(revisions[^1], await RevisionAsync());

        async Task<string> RevisionAsync() => (await Store.ReadIndexAsync(Token)).ProvidersRevision;
    }

    [Fact]
    public async Task The_last_twenty_refused_sheets_are_kept_newest_first()
    {
        for (var i = 0; i < 23; i++)
        {
            await Store.QuarantineAsync(Refused(Ecb, i), Token);
        }

        await Store.QuarantineAsync(Refused("nbp", 0), Token);

        var kept = await Store.ReadQuarantineAsync(Ecb, Token);
        Assert.Equal(Enumerable.Range(3, 20).Reverse().Select(i => $"{i}"), kept.Select(refused => refused.Id));
        Assert.Equal(Refused(Ecb, 22) with { Reasons = kept[0].Reasons, Observations = kept[0].Observations }, kept[0]);
        Assert.Equal(["scale: EUR/USD", "jump"], kept[0].Reasons);
        Assert.Equal([Sheets.Figure("EUR/USD", 117.30m)], kept[0].Observations);
        Assert.Single(await Store.ReadQuarantineAsync("nbp", Token));
        Assert.Empty(await Store.ReadQuarantineAsync("boc", Token));

        static QuarantinedSheet Refused(string provider, int id) =>
            new(
                $"{id}", Sheets.FetchedAt, provider, Sheets.FetchedAt, ["scale: EUR/USD", "jump"], "<html>",
                [Sheets.Figure("EUR/USD", 117.30m)]);
    }

    [Fact]
    public async Task Runs_are_read_newest_first()
    {
        var runs = Enumerable.Range(0, 5).Select(i => new FetchRun(
            Sheets.FetchedAt.AddSeconds(i), Ecb, Sheets.FetchedAt, "worker-1", "failed", "timed out: «πρόσκαιρο»",
            TimeSpan.FromMilliseconds(1234), 3, 5_000_000_000, i)
        { OddRows = i * 2 }).ToArray();
        foreach (var run in runs)
        {
            await Store.RecordRunAsync(run, Token);
        }

        Assert.Equal(runs.Reverse().Take(3), await Store.ReadRunsAsync(3, Token));
        Assert.Equal(5, (await Store.ReadRunsAsync(100, Token)).Count);
    }

    [Fact]
    public async Task A_worker_is_known_by_its_last_beat_and_forgotten_after_ten_minutes()
    {
        var before = Now;
        await Store.BeatAsync("worker-1", Token);
        await Store.BeatAsync("worker-2", Token);
        await Store.BeatAsync("worker-3", Token);
        await Rig.SilenceAsync("worker-2", TimeSpan.FromMinutes(9));
        await Rig.SilenceAsync("worker-3", TimeSpan.FromMinutes(11));

        var workers = await Store.ReadWorkersAsync(Token);

        Assert.Equal(["worker-1", "worker-2"], workers.Keys.Order());
        Assert.InRange(workers["worker-1"], before, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_store_that_is_set_up_well_passes_its_check() => Assert.Empty(await Store.CheckAsync(Token));
}
