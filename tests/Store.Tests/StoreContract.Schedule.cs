namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private static ScheduleDefinition Shipped { get; } = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" };

    [Fact]
    public async Task Shipped_definitions_fill_gaps()
    {
        var before = Now;
        await Store.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped, ["nbp"] = Shipped with { Zone = "Europe/Warsaw" } }, Token);

        var all = await Store.ReadAllAsync(Token);

        Assert.Equal(2, all.Count);
        Assert.InRange(all[Ecb].At, before, TimeProvider.System.GetUtcNow());
        Assert.Equal(Shipped with { Revision = 1, At = all[Ecb].At }, all[Ecb]);
        Assert.Equal("Europe/Warsaw", all["nbp"].Zone);
    }

    [Fact]
    public async Task Filling_again_with_the_same_moves_nothing()
    {
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);
        var (before, revision) = (await Store.ReadAllAsync(Token), await Store.ReadRevisionAsync(Token));

        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);

        Assert.Equal(before, await Store.ReadAllAsync(Token));
        Assert.Equal(revision, await Store.ReadRevisionAsync(Token));
    }

    [Fact]
    public async Task A_newer_shipped_definition_replaces_a_shipped_one_and_never_an_operators()
    {
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped, ["nbp"] = Shipped }, Token);
        var edited = await Store.EditAsync("nbp", 1, Shipped with { Enabled = false, By = "anna" }, Token);
        var newer = Shipped with { Cron = "0 30 16 ? * MON-FRI" };

        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = newer, ["nbp"] = newer }, Token);

        var all = await Store.ReadAllAsync(Token);
        Assert.Equal((newer.Cron, 2L), (all[Ecb].Cron, all[Ecb].Revision));
        Assert.Equal(edited, all["nbp"]);
    }

    [Fact]
    public async Task An_edit_takes_the_next_revision_and_moves_the_counter_and_the_audit_trail()
    {
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);
        var counter = await Store.ReadRevisionAsync(Token);

        var edited = await Store.EditAsync(Ecb, 1, Shipped with { MinimumGap = TimeSpan.FromMinutes(10), By = "anna \"the boss\"" }, Token);

        Assert.Equal((2L, "anna \"the boss\"", TimeSpan.FromMinutes(10)), (edited!.Revision, edited.By, edited.MinimumGap));
        Assert.Equal(edited, (await Store.ReadAllAsync(Token))[Ecb]);
        Assert.True(await Store.ReadRevisionAsync(Token) > counter);
        var entry = Assert.Single(await Rig.AuditAsync());
        Assert.Equal((Ecb, "anna \"the boss\""), (entry.Provider, entry.By));
        Assert.Equal((1L, edited), (ScheduleEdit.Parse(entry.From)!.Revision, ScheduleEdit.Parse(entry.To)));
    }

    [Fact]
    public async Task An_edit_of_another_revision_than_the_stored_one_changes_nothing()
    {
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);
        var before = (await Store.ReadRevisionAsync(Token), (await Store.ReadAllAsync(Token))[Ecb]);

        Assert.Null(await Store.EditAsync(Ecb, 0, Shipped with { By = "anna" }, Token));
        Assert.Null(await Store.EditAsync(Ecb, 2, Shipped with { By = "anna" }, Token));

        Assert.Equal(before, (await Store.ReadRevisionAsync(Token), (await Store.ReadAllAsync(Token))[Ecb]));
        Assert.Empty(await Rig.AuditAsync());
    }

    [Fact]
    public async Task A_thousand_edits_from_eight_operators_lose_nothing()
    {
        const int Each = 125;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async operatorNumber =>
        {
            var store = Rig.Another();
            for (var done = 0; done < Each;)
            {
                var current = (await store.ReadAllAsync(Token)).GetValueOrDefault(Ecb);
                var edit = Shipped with { By = $"operator-{operatorNumber}" };
                if (await store.EditAsync(Ecb, current?.Revision ?? 0, edit, Token) is not null)
                {
                    done++;
                }
            }
        }));

        var audit = await Rig.AuditAsync();
        Assert.Equal(8 * Each, (await Store.ReadAllAsync(Token))[Ecb].Revision);
        Assert.Equal(Enumerable.Range(1, 8 * Each).Select(i => (long)i), audit.Select(entry => ScheduleEdit.Parse(entry.To)!.Revision));
        Assert.Equal(audit.SkipLast(1).Select(entry => entry.To), audit.Skip(1).Select(entry => entry.From));
    }

    [Fact]
    public async Task A_definition_that_cannot_be_read_counts_as_none()
    {
        await Rig.PlantDefinitionAsync(Ecb, "{\"cron\":");
        Assert.Empty(await Store.ReadAllAsync(Token));

        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped }, Token);

        Assert.Equal(1, (await Store.ReadAllAsync(Token))[Ecb].Revision);
        Assert.Equal("{\"cron\":", await Rig.DefinitionTextAsync(Ecb));
    }

    [Fact]
    public async Task Before_any_definition_the_counter_is_zero() => Assert.Equal(0, await Store.ReadRevisionAsync(Token));
}
