namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_confirmed_sheet_gets_a_new_check_time_and_version_and_nothing_else()
    {
        var published = await PublishedAsync(Sheets.Of(Ecb));
        var before = await Store.ReadSheetAsync(Ecb, Token);
        var claim = await GrantedAsync(Ecb);
        var due = Now.AddHours(20);

        Assert.True(await Store.FinishAsync(claim, Unchanged with { CheckedAt = claim.Slot, NextExpectedAt = due }, Token));
        var after = await Store.ReadSheetAsync(Ecb, Token);

        Assert.True(after!.Version > published.Version);
        Assert.Equal(
            before! with
            {
                CheckedAt = claim.Slot,
                NextExpectedAt = due,
                Version = after.Version,
                PublishedVersion = published.Version,
                Observations = after.Observations,
            },
            after);
        Assert.Equal(before.Observations, after.Observations);
        Assert.Equal(new(after.Epoch, after.Version, Sheets.Day), (await Store.ReadIndexAsync(Token)).Sheets[Ecb]);
        Assert.Equal(claim.Slot, (await FetchStateAsync(Ecb, Token)).Done);
    }

    [Fact]
    public async Task A_confirmation_without_a_next_publication_clears_it()
    {
        await PublishedAsync(Sheets.Of(Ecb));

        await Store.FinishAsync(await GrantedAsync(Ecb), Unchanged with { CheckedAt = Now }, Token);

        Assert.Null((await Store.ReadSheetAsync(Ecb, Token))!.NextExpectedAt);
    }

    [Fact]
    public async Task Confirming_what_is_not_stored_ends_the_claim_all_the_same()
    {
        Assert.True(await Store.FinishAsync(await GrantedAsync(Ecb), Unchanged with { CheckedAt = Now }, Token));

        Assert.Null(await Store.ReadSheetAsync(Ecb, Token));
    }

    [Fact]
    public async Task Confirming_a_damaged_sheet_does_not_make_it_look_whole()
    {
        await PublishedAsync(Sheets.Of(Ecb));
        var stored = (await Rig.SheetTextAsync(Ecb))!;
        await Rig.PlantSheetAsync(Ecb, stored.Replace("14:15:03Z", "14:15:04Z", StringComparison.Ordinal));

        await Store.FinishAsync(await GrantedAsync(Ecb), Unchanged with { CheckedAt = Now }, Token);

        await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadSheetAsync(Ecb, Token));
    }
}
