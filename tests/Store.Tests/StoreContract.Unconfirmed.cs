using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private static readonly Observation Doubted = Sheets.Figure("EUR/USD", 11.73m) with { IsUnconfirmed = true };

    [Fact]
    public async Task An_unconfirmed_figure_of_a_day_stays_marked_until_it_is_confirmed_or_changes()
    {
        var pound = Sheets.Figure("EUR/GBP", 0.86m);
        await Store.UpsertHistoryAsync(Ecb, [Doubted, pound], Sheets.FetchedAt, Token);
        var cleared = Doubted with { IsUnconfirmed = false };

        Assert.Equal([pound, Doubted], await ReadDayAsync());
        Assert.Equal(0, await Store.UpsertHistoryAsync(Ecb, [cleared], Sheets.FetchedAt.AddMinutes(1), Token));
        Assert.Equal(0, await Store.UpsertHistoryAsync(Ecb, [pound with { IsUnconfirmed = true }], Sheets.FetchedAt.AddMinutes(2), Token));
        Assert.Equal(0, await Store.ConfirmHistoryAsync(
            Ecb, [cleared with { Rate = 1.173m }, cleared with { Kind = RateKind.Mid }, pound], Sheets.FetchedAt.AddMinutes(3), Token));
        Assert.Equal([pound, Doubted], await ReadDayAsync());

        Assert.Equal(1, await Store.ConfirmHistoryAsync(Ecb, [cleared], Sheets.FetchedAt.AddMinutes(4), Token));
        Assert.Equal([pound, cleared], await ReadDayAsync());
        Assert.Equal(0, await Store.ConfirmHistoryAsync(Ecb, [cleared], Sheets.FetchedAt.AddMinutes(5), Token));

        await Store.UpsertHistoryAsync(Ecb, [Doubted with { Rate = 1.3m }], Sheets.FetchedAt.AddMinutes(6), Token);
        Assert.Equal([pound, Doubted with { Rate = 1.3m }], await ReadDayAsync());
        await Store.UpsertHistoryAsync(Ecb, [cleared with { Rate = 1.2m }], Sheets.FetchedAt.AddMinutes(7), Token);
        Assert.Equal([pound, cleared with { Rate = 1.2m }], await ReadDayAsync());
    }

    [Fact]
    public async Task What_was_unconfirmed_at_an_instant_is_known_as_that()
    {
        var cleared = Doubted with { IsUnconfirmed = false };
        await Store.UpsertHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt, Token);
        await Store.ConfirmHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt.AddMinutes(10), Token);
        await Store.UpsertHistoryAsync(Ecb, [Doubted with { Rate = 1.18m }], Sheets.FetchedAt.AddMinutes(20), Token);
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/GBP", 0.86m)], Sheets.FetchedAt.AddMinutes(30), Token);

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));

        Assert.Equal([Doubted], day.AsKnownAt(Sheets.FetchedAt.AddMinutes(9))!.Figures);
        Assert.Equal([cleared], day.AsKnownAt(Sheets.FetchedAt.AddMinutes(10))!.Figures);
        Assert.Equal([Doubted with { Rate = 1.18m }], day.AsKnownAt(Sheets.FetchedAt.AddMinutes(20))!.Figures);
        Assert.Equal([Sheets.Figure("EUR/GBP", 0.86m), Doubted with { Rate = 1.18m }], day.Figures);
        Assert.Equal(Sheets.FetchedAt.AddMinutes(20), day.KnownSince(Doubted.Pair, Doubted.Kind));
    }

    [Fact]
    public async Task A_confirmation_does_not_change_since_when_a_rate_is_known()
    {
        await Store.UpsertHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt, Token);
        await Store.ConfirmHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt.AddMinutes(10), Token);

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));

        Assert.Equal((Sheets.FetchedAt.AddMinutes(10), Sheets.FetchedAt), (day.FetchedAt, day.KnownSince(Doubted.Pair, Doubted.Kind)));
    }

    [Fact]
    public async Task A_stored_day_names_its_unconfirmed_pairs_and_each_change_those_before_it()
    {
        await Store.UpsertHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt, Token);
        Assert.Equal(
            """{"fetchedAt":"2026-08-20T14:15:03+00:00","figures":{"reference":{"EUR/USD":11.73}},"revisions":[],"""
            + """ "unconfirmed":{"reference":["EUR/USD"]}}""".TrimStart(),
            await Rig.DayTextAsync(Ecb, Sheets.Day));

        await Store.ConfirmHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt.AddMinutes(10), Token);
        Assert.Equal(
            """{"fetchedAt":"2026-08-20T14:25:03+00:00","figures":{"reference":{"EUR/USD":11.73}},"revisions":["""
            + """{"fetchedAt":"2026-08-20T14:15:03+00:00","figures":{},"revisions":null,"unconfirmed":{"reference":["EUR/USD"]}}]}""",
            await Rig.DayTextAsync(Ecb, Sheets.Day));
    }

    [Fact]
    public async Task A_mark_that_went_does_not_come_back_with_an_archive()
    {
        await Store.UpsertHistoryAsync(
            Ecb, [Doubted, Sheets.Figure("EUR/GBP", 0.86m) with { IsUnconfirmed = true }], Sheets.FetchedAt, Token);
        var archived = await Store.ReadArchivedDaysAsync(Ecb, Sheets.Day.Year, Token);
        await using var other = new SqliteRig();
        await other.Store.RestoreDaysAsync(Ecb, archived, Token);
        await Store.ConfirmHistoryAsync(Ecb, [Doubted], Sheets.FetchedAt.AddMinutes(10), Token);
        var confirmed = Doubted with { IsUnconfirmed = false };

        Assert.Equal(0, await Store.RestoreDaysAsync(Ecb, archived, Token));
        Assert.Equal(1, await other.Store.RestoreDaysAsync(Ecb, await Store.ReadArchivedDaysAsync(Ecb, Sheets.Day.Year, Token), Token));

        Assert.Contains(confirmed, await ReadDayAsync());
        Assert.Equal(await Rig.DayTextAsync(Ecb, Sheets.Day), await other.DayTextAsync(Ecb, Sheets.Day));
    }

    [Fact]
    public async Task Of_two_unrelated_copies_of_a_day_the_later_one_tells_what_is_unconfirmed()
    {
        await Store.UpsertHistoryAsync(
            Ecb, [Doubted, Sheets.Figure("EUR/GBP", 0.86m) with { IsUnconfirmed = true }], Sheets.FetchedAt, Token);

        await Store.RestoreDaysAsync(Ecb, [Archived("2026-08-21", "\"EUR/USD\":11.73,\"EUR/JPY\":171.2")], Token);

        Assert.Equal(
            ["EUR/GBP"], (await ReadDayAsync()).Where(figure => figure.IsUnconfirmed).Select(figure => figure.Pair.ToString()));
    }

    [Fact]
    public async Task A_sheet_marks_single_figures_and_the_readable_hash_names_their_pairs()
    {
        var today = Sheets.Figure("EUR/GBP", 0.86m);
        var before = Sheets.Figure("EUR/GBP", 0.87m, Sheets.Day.AddDays(-1)) with { IsUnconfirmed = true };
        var dear = Sheets.Figure("EUR/USD", 11.73m) with { IsUnconfirmed = true };
        await PublishedAsync(Sheets.Of(Ecb, today, before, dear));
        await PublishedAsync(Sheets.Of("nbp", today));

        Assert.Equal([today, before, dear], (await Store.ReadSheetAsync(Ecb, Token))!.Observations);
        Assert.Equal("EUR/USD", (await Rig.LatestAsync(Ecb))["@unconfirmed"]);
        Assert.False((await Rig.LatestAsync("nbp")).ContainsKey("@unconfirmed"));
    }

    private Task<IReadOnlyList<Observation>> ReadDayAsync() => Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token);
}
