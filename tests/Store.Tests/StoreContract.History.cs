using Rates.Core;

namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task History_is_read_oldest_day_first_within_the_days_asked_for()
    {
        var figures = Enumerable.Range(0, 400).Select(
            i => Sheets.Figure("EUR/USD", 1.1000m + i * 0.0001m, Sheets.Day.AddDays(-i))).ToArray();
        await Store.UpsertHistoryAsync(Ecb, figures, Sheets.FetchedAt, Token);
        await Store.UpsertHistoryAsync("nbp", [Sheets.Figure("USD/PLN", 3.6m)], Sheets.FetchedAt, Token);

        Assert.Equal(figures.Reverse(), await Store.ReadHistoryAsync(Ecb, DateOnly.MinValue, DateOnly.MaxValue, Token));
        Assert.Equal(figures[2..5].Reverse(), await Store.ReadHistoryAsync(Ecb, Sheets.Day.AddDays(-4), Sheets.Day.AddDays(-2), Token));
        Assert.Equal([figures[0]], await Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        Assert.Empty(await Store.ReadHistoryAsync(Ecb, Sheets.Day.AddDays(1), Sheets.Day.AddYears(2), Token));
        Assert.Empty(await Store.ReadHistoryAsync("boc", Sheets.Day, Sheets.Day, Token));
    }

    [Fact]
    public async Task Figures_are_handed_over_day_by_day_as_whole_days_are_read()
    {
        var json = Archived("2026-08-19", "\"EUR/USD\":1.1700,\"EUR/JPY\":171").Json;
        await Rig.PlantDayAsync(Ecb, Sheets.Day.AddDays(-3), json);
        for (var step = 0; step < 3; step++)
        {
            await Store.UpsertHistoryAsync(
                Ecb,
                [
                    Sheets.Figure("EUR/USD", 1.17m + step, Sheets.Day.AddDays(-2)) with { IsUnconfirmed = step == 1 },
                    Sheets.Figure("EUR/CHF", 0.94m + step, Sheets.Day.AddDays(-step)) with { IsUnconfirmed = true },
                ],
                Sheets.FetchedAt.AddDays(step), Token);
        }

        List<(DateOnly Day, Observation[] Figures)> handed = [];
        await Store.ReadFiguresAsync(
            Ecb, Sheets.Day.AddDays(-3), Sheets.Day, (day, figures) => handed.Add((day, figures.ToArray())), Token);

        var days = await Store.ReadDaysAsync(Ecb, Sheets.Day.AddDays(-3), Sheets.Day, Token);
        Assert.Equal(4, days.Count);
        Assert.Equal(days.Select(day => day.Day), handed.Select(day => day.Day));
        Assert.Equal(days.Select(day => day.Figures), handed.Select(day => day.Figures));
        Assert.Contains(handed.SelectMany(day => day.Figures), figure => figure.IsUnconfirmed);
    }

    [Fact]
    public async Task Storing_the_same_history_again_changes_nothing()
    {
        Observation[] figures =
        [
            Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("EUR/USD", 1.1729m, kind: RateKind.Bid),
            Sheets.Figure("EUR/USD", 1.17m, Sheets.Day.AddDays(-1)),
            Sheets.Figure("EUR/JPY", 171.2m) with { At = Sheets.FetchedAt },
        ];

        Assert.Equal(2, await Store.UpsertHistoryAsync(Ecb, figures, Sheets.FetchedAt, Token));
        var stored = await Rig.DayTextAsync(Ecb, Sheets.Day);
        Assert.Equal(0, await Store.UpsertHistoryAsync(Ecb, figures, Sheets.FetchedAt.AddDays(1), Token));

        Assert.Equal(stored, await Rig.DayTextAsync(Ecb, Sheets.Day));
        Assert.Equal(4, (await Store.ReadHistoryAsync(Ecb, Sheets.Day.AddDays(-1), Sheets.Day, Token)).Intersect(figures).Count());
    }

    [Fact]
    public async Task The_revision_of_a_history_rises_with_each_change_and_with_nothing_else()
    {
        Assert.Equal(0, await Store.ReadHistoryRevisionAsync(Ecb, Token));

        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m)], Sheets.FetchedAt, Token);
        var first = await Store.ReadHistoryRevisionAsync(Ecb, Token);
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m)], Sheets.FetchedAt.AddMinutes(1), Token);
        var same = await Store.ReadHistoryRevisionAsync(Ecb, Token);
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.18m)], Sheets.FetchedAt.AddMinutes(2), Token);
        var corrected = await Store.ReadHistoryRevisionAsync(Ecb, Token);
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.1m, Sheets.Day.AddYears(-9))], Sheets.FetchedAt, Token);
        var filled = await Store.ReadHistoryRevisionAsync(Ecb, Token);

        Assert.True(first > 0);
        Assert.Equal(first, same);
        Assert.True(corrected > first);
        Assert.True(filled > corrected);
        Assert.Equal(0, await Store.ReadHistoryRevisionAsync("boc", Token));
    }

    [Fact]
    public async Task A_stored_day_keeps_published_digits_in_a_form_people_can_read()
    {
        await Store.UpsertHistoryAsync(
            Ecb,
            [Sheets.Figure("EUR/USD", 1.1730m), Sheets.Figure("EUR/BTC", 0.00001m, kind: RateKind.Last) with { At = Sheets.FetchedAt }],
            Sheets.FetchedAt, Token);

        Assert.Equal(
            """{"fetchedAt":"2026-08-20T14:15:03+00:00","figures":{"reference":{"EUR/USD":1.1730},"last":{"""
            + """ "EUR/BTC":[0.00001,"2026-08-20T14:15:03+00:00"]}},"revisions":[]}""".TrimStart(),
            await Rig.DayTextAsync(Ecb, Sheets.Day));
    }

    [Fact]
    public async Task A_part_of_a_day_joins_what_is_stored_of_it()
    {
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m)], Sheets.FetchedAt, Token);

        Assert.Equal(1, await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/JPY", 171m)], Sheets.FetchedAt, Token));

        Assert.Equal(
            [Sheets.Figure("EUR/JPY", 171m), Sheets.Figure("EUR/USD", 1.17m)],
            await Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
    }

    [Fact]
    public async Task A_corrected_figure_is_read_and_the_last_five_before_it_are_kept()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(
                1,
                await Store.UpsertHistoryAsync(
                    Ecb, [Sheets.Figure("EUR/USD", 1.10m + i * 0.01m), Sheets.Figure("EUR/JPY", 171m)], Sheets.FetchedAt.AddMinutes(i),
                    Token));
        }

        Assert.Equal(
            [Sheets.Figure("EUR/JPY", 171m), Sheets.Figure("EUR/USD", 1.17m)],
            await Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        var stored = (await Rig.DayTextAsync(Ecb, Sheets.Day))!;
        Assert.Contains("""
            "revisions":[{"fetchedAt":"2026-08-20T14:21:03+00:00","figures":{"reference":{"EUR/USD":1.16}},"revisions":null},
            """.Trim(), stored, StringComparison.Ordinal);
        Assert.Contains("1.12", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("1.11", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_is_read_as_it_was_known_at_any_instant()
    {
        var (dollar, yen, pound) = (Sheets.Figure("EUR/USD", 1.10m), Sheets.Figure("EUR/JPY", 171m), Sheets.Figure("EUR/GBP", 0.86m));
        var corrected = dollar with { Rate = 1.11m };
        await StoreAtAsync(0, dollar, yen);
        await StoreAtAsync(10, dollar, yen, pound);
        await StoreAtAsync(20, corrected);
        await StoreAtAsync(30, corrected with { At = Sheets.FetchedAt });

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));

        Assert.Null(day.AsKnownAt(At(0).AddTicks(-1)));
        Assert.Equal([yen, dollar], day.AsKnownAt(At(0))!.Figures);
        Assert.Equal([pound, yen, dollar], day.AsKnownAt(At(10))!.Figures);
        Assert.Equal([pound, yen, dollar], day.AsKnownAt(At(20).AddTicks(-1))!.Figures);
        Assert.Equal([pound, yen, corrected with { At = Sheets.FetchedAt }], day.AsKnownAt(At(20))!.Figures);
        Assert.Equal(
            (At(20), At(0), At(10)),
            (day.KnownSince(dollar.Pair, dollar.Kind), day.KnownSince(yen.Pair, yen.Kind), day.KnownSince(pound.Pair, pound.Kind)));

        DateTimeOffset At(int minutes) => Sheets.FetchedAt.AddMinutes(minutes);

        Task<int> StoreAtAsync(int minutes, params Observation[] figures) =>
            Store.UpsertHistoryAsync(Ecb, figures, At(minutes), Token);
    }

    [Fact]
    public async Task What_was_known_before_the_revisions_that_are_kept_is_not_made_up()
    {
        for (var i = 0; i < 8; i++)
        {
            await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.10m + i * 0.01m)], Sheets.FetchedAt.AddMinutes(i), Token);
        }

        var day = Assert.Single(await Store.ReadDaysAsync(Ecb, Sheets.Day, Sheets.Day, Token));

        Assert.Null(day.AsKnownAt(Sheets.FetchedAt.AddMinutes(1)));
        Assert.Equal(1.12m, Assert.Single(day.AsKnownAt(Sheets.FetchedAt.AddMinutes(2))!.Figures).Rate);
    }

    [Fact]
    public async Task Two_that_store_the_same_days_at_once_lose_nothing()
    {
        string[] quotes = ["USD", "JPY", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN"];
        var days = Enumerable.Range(0, 100).Select(i => Sheets.Day.AddDays(-i)).ToArray();

        await Task.WhenAll(quotes.Select(quote =>
            Rig.Another().UpsertHistoryAsync(
                Ecb, [.. days.Select(day => Sheets.Figure($"EUR/{quote}", 1.5m, day))], Sheets.FetchedAt, Token)));

        Assert.Equal(days.Length * quotes.Length, (await Store.ReadHistoryAsync(Ecb, days[^1], days[0], Token)).Count);
    }

    [Fact]
    public async Task A_stored_day_that_cannot_be_read_is_named_and_mended_by_the_next_write()
    {
        await Rig.PlantDayAsync(Ecb, Sheets.Day, "{");

        var corrupt = await Assert.ThrowsAsync<CorruptSheetException>(() => Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
        await Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.17m)], Sheets.FetchedAt, Token);

        Assert.Contains("2026-08-20", corrupt.Message, StringComparison.Ordinal);
        Assert.Single(await Store.ReadHistoryAsync(Ecb, Sheets.Day, Sheets.Day, Token));
    }

    [Fact]
    public async Task The_piece_that_a_backfill_failed_at_is_remembered_until_it_is_filled_or_passed()
    {
        Assert.Null(await Store.ReadFailedBackfillAsync(Ecb, Token));
        var failed = new FailedBackfill(new(2009, 1, 1), new(2026, 8, 20, 14, 0, 0, TimeSpan.Zero), 2);
        await Store.WriteFailedBackfillAsync(Ecb, new(new(2010, 1, 1), failed.FirstAt, 1), Token);
        await Store.WriteFailedBackfillAsync(Ecb, failed, Token);
        await PublishedAsync(Sheets.Of(Ecb));

        Assert.Equal(failed, await Store.ReadFailedBackfillAsync(Ecb, Token));
        Assert.Null(await Store.ReadFailedBackfillAsync("nbp", Token));

        await Store.WriteBackfilledAsync(Ecb, new(2009, 1, 1), Token);

        Assert.Null(await Store.ReadFailedBackfillAsync(Ecb, Token));
        Assert.Equal(new DateOnly(2009, 1, 1), await Store.ReadBackfilledAsync(Ecb, Token));
    }

    [Fact]
    public async Task How_far_a_backfill_came_is_remembered_beside_the_claims()
    {
        Assert.Null(await Store.ReadBackfilledAsync(Ecb, Token));
        await Store.WriteBackfilledAsync(Ecb, new(2010, 1, 1), Token);
        await PublishedAsync(Sheets.Of(Ecb));
        Assert.Equal(new DateOnly(2010, 1, 1), await Store.ReadBackfilledAsync(Ecb, Token));

        await Store.WriteBackfilledAsync(Ecb, new(1999, 1, 4), Token);

        Assert.Equal(new DateOnly(1999, 1, 4), await Store.ReadBackfilledAsync(Ecb, Token));
        Assert.NotNull((await FetchStateAsync(Ecb, Token)).Done);
    }
}
