using System.Globalization;
using Rates.Testing;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_store_that_lost_everything_begins_a_later_epoch()
    {
        var before = await PublishedAsync(Sheets.Of(Ecb));

        // An epoch begins with its millisecond; of two in one, chance decides.
        await Eventually.IsAsync(
            () => Now > DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(before.Epoch[..13], CultureInfo.InvariantCulture)), Token);
        await Rig.WipeAsync();
        Assert.Null(await Store.ReadSheetAsync(Ecb, Token));

        var after = await PublishedAsync(Sheets.Of(Ecb));

        Assert.Matches("^[0-9]{13}-[0-9a-f]{16}$", after.Epoch);
        Assert.True(new SheetVersion(after.Epoch, after.Version, default).IsAfter(new(before.Epoch, before.Version, default)));
        Assert.True(string.CompareOrdinal(after.Epoch, before.Epoch) > 0);
    }

    [Fact]
    public async Task The_first_heartbeat_gives_the_store_its_id_and_it_stays()
    {
        Assert.Equal("", (await Store.ReadIndexAsync(Token)).StoreId);
        await Store.BeatAsync("worker-1", Token);
        var id = (await Store.ReadIndexAsync(Token)).StoreId;

        await Rig.Another().BeatAsync("worker-2", Token);

        Assert.Matches("^[0-9a-f]{16}$", id);
        Assert.Equal(id, (await Rig.Another().ReadIndexAsync(Token)).StoreId);
    }

    [Fact]
    public async Task A_claim_from_before_everything_was_lost_publishes_nothing()
    {
        var claim = await GrantedAsync(Ecb);
        await Rig.WipeAsync();

        Assert.False((await Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token)).Accepted);
    }
}
