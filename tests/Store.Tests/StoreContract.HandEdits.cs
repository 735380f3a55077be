namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private static Dictionary<string, ScheduleDefinition> ShippedEcb => new() { [Ecb] = Shipped };

    [Fact]
    public async Task A_whole_definition_edited_by_hand_is_taken_over_and_recorded_and_never_replaced_by_a_shipped_one()
    {
        await Store.FillGapsAsync(ShippedEcb, Token);
        var before = (await Rig.DefinitionTextAsync(Ecb))!;
        var (counter, providers) = (await Store.ReadRevisionAsync(Token), (await Store.ReadIndexAsync(Token)).ProvidersRevision);
        await Store.WriteProviderAsync(Sheets.Profile(Ecb), null, Token);

        // As a Redis browser leaves it: one value changed, "by" and the revision as they were.
        await Rig.PlantDefinitionAsync(Ecb, before.Replace("0 0/5 16-18 ? * MON-FRI", "0 0 3 * * ?", StringComparison.Ordinal));
        Assert.Equal(1, await Store.TakeHandEditsAsync(ShippedEcb, Token));
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped with { Cron = "0 30 16 * * ?" } }, Token);

        var taken = (await Store.ReadAllAsync(Token))[Ecb];
        Assert.Equal(("0 0 3 * * ?", "Europe/Berlin", "by hand", 2L, ""),
            (taken.Cron, taken.Zone, taken.By, taken.Revision, taken.HandProblem));
        Assert.Equal(taken, ScheduleEdit.Parse((await Rig.DefinitionTextAsync(Ecb))!));
        var entry = Assert.Single(await Rig.AuditAsync());
        Assert.Equal((Ecb, "by hand", before), (entry.Provider, entry.By, entry.From));
        Assert.Equal(taken, ScheduleEdit.Parse(entry.To));
        Assert.True(await Store.ReadRevisionAsync(Token) > counter);
        Assert.NotEqual(providers, (await Store.ReadIndexAsync(Token)).ProvidersRevision);
        Assert.Equal("0 0 3 * * ?", (await Store.ReadProvidersAsync(Token))[Ecb].Schedule!.Cron);
    }

    [Theory]
    [InlineData("{\"enabled\":false}", "0 0/5 16-18 ? * MON-FRI", null, "Europe/Berlin", false, "00:01:00")]
    [InlineData("{\"zone\":\"UTC\",\"minimumGap\":\"00:10:00\"}", "0 0/5 16-18 ? * MON-FRI", null, "UTC", true, "00:10:00")]
    [InlineData("{\"every\":\"02:00:00\"}", "", "02:00:00", "Europe/Berlin", true, "00:01:00")]
    [InlineData(" {\n\"cron\": \"0 9 * * MON\" } ", "0 9 * * MON", null, "Europe/Berlin", true, "00:01:00")]
    [InlineData("{\"by\":7,\"revision\":\"x\",\"at\":null,\"enabled\":true}", "0 0/5 16-18 ? * MON-FRI", null, "Europe/Berlin", true,
        "00:01:00")]
    public async Task A_part_written_by_hand_is_filled_up_from_the_shipped_definition(
        string text, string cron, string? every, string zone, bool enabled, string gap)
    {
        await Store.FillGapsAsync(ShippedEcb, Token);
        await Store.EditAsync(Ecb, 1, Shipped with { Cron = "0 0 1 * * ?", Zone = "Asia/Tokyo", By = "anna" }, Token);
        await Rig.PlantDefinitionAsync(Ecb, text);

        Assert.Equal(1, await Store.TakeHandEditsAsync(ShippedEcb, Token));

        var taken = (await Store.ReadAllAsync(Token))[Ecb];
        Assert.Equal((cron, every is null ? null : (TimeSpan?)TimeSpan.Parse(every), zone, enabled, TimeSpan.Parse(gap), "by hand", 3L),
            (taken.Cron, taken.Every, taken.Zone, taken.Enabled, taken.MinimumGap, taken.By, taken.Revision));
    }

    [Fact]
    public async Task An_interval_written_into_a_definition_with_a_cron_takes_its_place_and_the_other_way_round()
    {
        await Store.FillGapsAsync(ShippedEcb, Token);
        await Rig.PlantDefinitionAsync(Ecb,
            (await Rig.DefinitionTextAsync(Ecb))!.Replace("\"every\":null", "\"every\":\"00:30:00\"", StringComparison.Ordinal));
        await Store.TakeHandEditsAsync(ShippedEcb, Token);
        var timed = (await Store.ReadAllAsync(Token))[Ecb];
        Assert.Equal(("", TimeSpan.FromMinutes(30)), (timed.Cron, timed.Every!.Value));

        await Rig.PlantDefinitionAsync(Ecb,
            (await Rig.DefinitionTextAsync(Ecb))!.Replace("\"cron\":\"\"", "\"cron\":\"0 0 9 * * ?\"", StringComparison.Ordinal));
        await Store.TakeHandEditsAsync(ShippedEcb, Token);

        var daily = (await Store.ReadAllAsync(Token))[Ecb];
        Assert.Equal(("0 0 9 * * ?", (TimeSpan?)null), (daily.Cron, daily.Every));
    }

    [Theory]
    [InlineData("{\"cron\":\"0 0 4", "not the JSON of a schedule")]
    [InlineData("null", "not the JSON of a schedule")]
    [InlineData("{\"enabeld\":false}", "'enabeld' is not a member of a schedule: did you mean 'enabled'?")]
    [InlineData("{\"cron\":5}", "$.cron")]
    [InlineData("{\"enabled\":\"no\"}", "$.enabled")]
    [InlineData("{\"crom\":\"0 0 4 * * ?\"}", "crom")]
    [InlineData("{\"cron\":\"61 61 * * * ?\"}", "cron '61 61 * * * ?'")]
    [InlineData("{\"cron\":\"0 0 0 30 2 ?\"}", "not due within 400 days")]
    [InlineData("{\"zone\":\"Europe/Atlantis\"}", "zone 'Europe/Atlantis'")]
    [InlineData("{\"every\":\"00:00:00\"}", "every '00:00:00'")]
    [InlineData("{\"minimumGap\":\"-00:01:00\"}", "minimumGap '-00:01:00'")]
    [InlineData("{\"cron\":\"0 0 9 * * ?\",\"every\":\"01:00:00\"}", "together with cron")]
    public async Task A_text_that_cannot_be_used_is_named_and_kept_and_the_definition_before_stays_in_force(string text, string named)
    {
        await Store.FillGapsAsync(ShippedEcb, Token);
        await Store.EditAsync(Ecb, 1, Shipped with { Cron = "0 0 1 * * ?", By = "anna" }, Token);
        await Rig.PlantDefinitionAsync(Ecb, text);

        Assert.Equal(0, await Store.TakeHandEditsAsync(ShippedEcb, Token));
        await Store.FillGapsAsync(new Dictionary<string, ScheduleDefinition> { [Ecb] = Shipped with { Zone = "UTC" } }, Token);

        var inForce = (await Rig.Another().ReadAllAsync(Token))[Ecb];
        Assert.Equal(("0 0 1 * * ?", "anna", 2L), (inForce.Cron, inForce.By, inForce.Revision));
        Assert.Contains(named, inForce.HandProblem, StringComparison.Ordinal);
        Assert.Equal(text, await Rig.DefinitionTextAsync(Ecb));
        Assert.Single(await Rig.AuditAsync());

        var mended = await Store.EditAsync(Ecb, 2, inForce with { Cron = "0 0 2 * * ?" }, Token);
        Assert.Equal(("", 3L), (mended!.HandProblem, mended.Revision));
        Assert.Equal(mended, (await Store.ReadAllAsync(Token))[Ecb]);
    }

    [Fact]
    public async Task A_part_written_before_any_worker_came_is_taken_over()
    {
        await Rig.PlantDefinitionAsync(Ecb, "{\"enabled\":false}");

        Assert.Equal(1, await Store.TakeHandEditsAsync(ShippedEcb, Token));

        var taken = (await Store.ReadAllAsync(Token))[Ecb];
        Assert.Equal((false, Shipped.Cron, 1L, "by hand"), (taken.Enabled, taken.Cron, taken.Revision, taken.By));
    }

    [Fact]
    public async Task What_an_earlier_release_stored_is_no_edit_by_hand()
    {
        const string Stored = "{\"cron\":\"0 0 7 * * ?\",\"every\":null,\"zone\":\"UTC\",\"enabled\":true,\"reset\":false,"
            + "\"minimumGap\":\"00:01:00\",\"revision\":3,\"by\":\"anna\",\"at\":\"2026-11-20T00:00:00+00:00\"}";
        await Rig.PlantDefinitionAsync(Ecb, Stored);

        Assert.Equal(0, await Store.TakeHandEditsAsync(ShippedEcb, Token));
        await Store.FillGapsAsync(ShippedEcb, Token);
        var kept = (await Store.ReadAllAsync(Token))[Ecb];
        await Rig.PlantDefinitionAsync(Ecb, Stored.Replace("0 0 7", "0 0 8", StringComparison.Ordinal));

        Assert.Equal(("0 0 7 * * ?", "anna", 3L), (kept.Cron, kept.By, kept.Revision));
        Assert.Equal(1, await Store.TakeHandEditsAsync(ShippedEcb, Token));
        Assert.Equal(("0 0 8 * * ?", "by hand"), ((await Store.ReadAllAsync(Token))[Ecb].Cron, (await Store.ReadAllAsync(Token))[Ecb].By));
    }

    [Fact]
    public async Task Eight_workers_take_an_edit_by_hand_over_once()
    {
        await Store.FillGapsAsync(ShippedEcb, Token);
        IRateStore[] workers = [.. Enumerable.Range(0, 8).Select(_ => Rig.Another())];
        for (var round = 0; round < 5; round++)
        {
            await Rig.PlantDefinitionAsync(Ecb, $"{{\"cron\":\"0 {round} 3 * * ?\"}}");
            var taken = await Task.WhenAll(workers.Select(worker => worker.TakeHandEditsAsync(ShippedEcb, Token)));
            Assert.Equal(1, taken.Sum());
        }

        Assert.Equal(5, (await Rig.AuditAsync()).Count);
        Assert.Equal(6, (await Store.ReadAllAsync(Token))[Ecb].Revision);
    }
}
