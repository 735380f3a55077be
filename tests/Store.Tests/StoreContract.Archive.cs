using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private const string Odd = "79228162514264337593543950335";

    [Fact]
    public async Task What_is_archived_comes_back_to_the_byte_in_an_empty_store_of_the_other_engine()
    {
        await StoreOddHistoryAsync();
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("EUR/JPY", 171.250m))
            .WithUnconfirmed([CurrencyPair.Parse("EUR/JPY")]));
        await using var other = new SqliteRig();

        Assert.Equal(3, await CopyAsync(Store, other.Store));

        foreach (var day in new[] { Sheets.Day, Sheets.Day.AddDays(-1), new DateOnly(1999, 1, 4) })
        {
            Assert.Equal(await Rig.DayTextAsync(Ecb, day), await other.DayTextAsync(Ecb, day));
        }

        Assert.Contains(Odd, await other.DayTextAsync(Ecb, Sheets.Day), StringComparison.Ordinal);
        Assert.Equal(await Rig.SheetTextAsync(Ecb), await other.SheetTextAsync(Ecb));
        Assert.Equal(await Rig.LatestAsync(Ecb), await other.LatestAsync(Ecb));
        var (sheet, copied) = (await Store.ReadSheetAsync(Ecb, Token), await other.Store.ReadSheetAsync(Ecb, Token));
        Assert.Equal((sheet!.Epoch, sheet.Version), (copied!.Epoch, copied.Version));
        Assert.Equal(sheet.Unconfirmed, copied.Unconfirmed);
    }

    [Fact]
    public async Task What_was_archived_by_the_other_engine_comes_back_and_a_second_time_changes_nothing()
    {
        await using var other = new SqliteRig();
        await FillAsync(other.Store);
        var archived = await other.Store.ReadArchivedSheetAsync(Ecb, Token);

        Assert.Equal(3, await CopyAsync(other.Store, Store));
        var day = await Rig.DayTextAsync(Ecb, Sheets.Day);
        Assert.Equal(0, await CopyAsync(other.Store, Store));

        Assert.Equal(day, await Rig.DayTextAsync(Ecb, Sheets.Day));
        Assert.False(await Store.RestoreSheetAsync(Ecb, archived!, Token));
        Assert.Equal([Ecb], await Store.ReadArchivedProvidersAsync(Token));
    }

    [Fact]
    public async Task A_sheet_published_after_a_restored_one_comes_after_it()
    {
        await using var other = new SqliteRig();
        await FillAsync(other.Store);
        var archived = await other.Store.ReadArchivedSheetAsync(Ecb, Token);

        Assert.True(await Store.RestoreSheetAsync(Ecb, archived!, Token));
        var restored = SheetVersion.Of(await Store.ReadSheetAsync(Ecb, Token));
        Assert.Equal(restored, (await Store.ReadIndexAsync(Token)).Sheets[Ecb]);
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.18m)));

        Assert.True(SheetVersion.Of(await Store.ReadSheetAsync(Ecb, Token)).IsAfter(restored));
        Assert.False(await Store.RestoreSheetAsync(Ecb, archived!, Token));
        Assert.Equal(1.18m, (await Store.ReadSheetAsync(Ecb, Token))!.Observations[0].Rate);
    }

    [Fact]
    public async Task A_store_of_an_earlier_epoch_takes_over_the_restored_one()
    {
        // This store's epoch begins now, the other's afterwards.
        await PublishedAsync(Sheets.Of("boc", Sheets.Figure("USD/CAD", 1.38m)));
        await PassAsync(TimeSpan.FromMilliseconds(5));
        await using var other = new SqliteRig();
        await FillAsync(other.Store);

        Assert.True(await Store.RestoreSheetAsync(Ecb, (await other.Store.ReadArchivedSheetAsync(Ecb, Token))!, Token));
        var restored = SheetVersion.Of(await Store.ReadSheetAsync(Ecb, Token));
        await PublishedAsync(Sheets.Of(Ecb, Sheets.Figure("EUR/USD", 1.18m)));

        Assert.True(SheetVersion.Of(await Store.ReadSheetAsync(Ecb, Token)).IsAfter(restored));
    }

    [Fact]
    public async Task Figures_fetched_last_are_in_force_and_what_they_replace_is_a_revision()
    {
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m), Sheets.Figure("EUR/GBP", 0.86m)], Sheets.FetchedAt, Token);
        var later = Archived("2026-08-21", "\"EUR/JPY\":171.2,\"EUR/USD\":1.1800");
        var earlier = Archived("2026-08-19", "\"EUR/CHF\":0.93,\"EUR/USD\":1.16");

        Assert.Equal(1, await Store.RestoreDaysAsync(Ecb, [later], Token));
        Assert.Equal(1, await Store.RestoreDaysAsync(Ecb, [earlier], Token));
        Assert.Equal(0, await Store.RestoreDaysAsync(Ecb, [later], Token));
        Assert.Equal(0, await Store.RestoreDaysAsync(Ecb, [earlier], Token));

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        Assert.Equal(
            ["2026-08-20 EUR/CHF 0.93 Reference", "2026-08-20 EUR/GBP 0.86 Reference", "2026-08-20 EUR/JPY 171.2 Reference",
                "2026-08-20 EUR/USD 1.1800 Reference"],
            day.Figures.Select(figure => figure.ToString()));
        Assert.Equal(new DateTimeOffset(2026, 8, 21, 0, 0, 0, TimeSpan.Zero), day.FetchedAt);
        var text = await Rig.DayTextAsync(Ecb, Sheets.Day);
        Assert.Contains("1.17}", text, StringComparison.Ordinal);
        Assert.Contains("1.16}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"figures\":{}}")]
    [InlineData("not json")]
    [InlineData("{\"fetchedAt\":\"2026-08-21T00:00:00Z\",\"figures\":{\"reference\":{\"EUR/USD\":0}},\"revisions\":[]}")]
    [InlineData("{\"fetchedAt\":\"2026-08-21T00:00:00Z\",\"figures\":{\"reference\":{\"EUR/USD\":-1.1}},\"revisions\":[]}")]
    [InlineData("{\"fetchedAt\":\"2026-08-21T00:00:00Z\",\"figures\":{\"reference\":{\"EURUSD\":1.1}},\"revisions\":[]}")]
    [InlineData("{\"fetchedAt\":\"2026-08-21T00:00:00Z\",\"figures\":{\"madeup\":{\"EUR/USD\":1.1}},\"revisions\":[]}")]
    public async Task A_day_that_is_not_one_is_refused_and_nothing_is_stored(string json)
    {
        var good = Archived("2026-08-21", "\"EUR/JPY\":171.2");

        await Assert.ThrowsAsync<FormatException>(
            () => Store.RestoreDaysAsync(Ecb, [good, new(Sheets.Day.AddDays(1), json)], Token));

        Assert.Null(await Rig.DayTextAsync(Ecb, Sheets.Day));
    }

    private static ArchivedDay Archived(string fetched, string figures) => new(
        Sheets.Day, $"{{\"fetchedAt\":\"{fetched}T00:00:00+00:00\",\"figures\":{{\"reference\":{{{figures}}}}},\"revisions\":[]}}");

    private Task StoreOddHistoryAsync() => StoreOddHistoryAsync(Store);

    private static async Task StoreOddHistoryAsync(IRateStore store)
    {
        await store.UpsertHistoryAsync(
            Ecb, [Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("EUR/JPY", 171.250m)], Sheets.FetchedAt.AddDays(-1), Token);
        await store.UpsertHistoryAsync(
            Ecb,
            [
                Sheets.Figure("EUR/USD", 1.1731m), Sheets.Figure("EUR/VEF", decimal.MaxValue),
                Sheets.Figure("BTC/EUR", 0.0000000000000000000000000001m, kind: RateKind.CashBid) with { At = Sheets.FetchedAt },
                Sheets.Figure("EUR/GBP", 0.8600000m, kind: RateKind.Parallel),
            ],
            Sheets.FetchedAt, Token);
        await store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.1732m)], Sheets.FetchedAt.AddHours(1), Token);
        await store.UpsertHistoryAsync(
            Ecb,
            [Sheets.Figure("EUR/USD", 1.1700m, Sheets.Day.AddDays(-1)), Sheets.Figure("EUR/ITL", 1936.27m, new DateOnly(1999, 1, 4))],
            Sheets.FetchedAt, Token);
    }

    private static async Task FillAsync(IRateStore store)
    {
        await StoreOddHistoryAsync(store);
        var claim = await store.ClaimAsync(Ecb, Now, Terms, Token);
        Assert.True((await store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token)).Accepted);
    }

    private static async Task<int> CopyAsync(IRateStore from, IRateStore to)
    {
        var changed = 0;
        foreach (var year in new[] { 1999, 2026 })
        {
            changed += await to.RestoreDaysAsync(Ecb, await from.ReadArchivedDaysAsync(Ecb, year, Token), Token);
        }

        if (await from.ReadArchivedSheetAsync(Ecb, Token) is { } sheet)
        {
            await to.RestoreSheetAsync(Ecb, sheet, Token);
        }

        return changed;
    }
}
