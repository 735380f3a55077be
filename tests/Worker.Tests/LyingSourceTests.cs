using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What stands in sheet and history, and what is marked there, after a source has published wrong figures.</summary>
public sealed class LyingSourceTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly DateOnly Next = Day.AddDays(3);
    private static readonly DateOnly Third = Day.AddDays(4);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private Bench _bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _bench = new(_time, _upstream, ["ecb"], new() { ["Rates:Worker:Backfill"] = "14" });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_first_figure_that_a_second_sheet_bears_out_is_confirmed_on_its_own_day_too()
    {
        DateOnly[] first = [Day, Day.AddDays(-1), Day.AddDays(-2)];
        await FetchAsync(first, (_, _) => 1m);
        Assert.Equal("2026-11-18! 2026-11-19! 2026-11-20!", await MarksAsync("USD"));

        await FetchAsync([Next], (_, _) => 1.001m);

        Assert.Equal("2026-11-18 2026-11-19 2026-11-20 2026-11-23", await MarksAsync("USD"));
        Assert.Null((await _bench.SheetAsync("ecb"))!.Unconfirmed);
        var known = Assert.Single(await _bench.Store.Calls.ReadDaysAsync("ecb", Day, Day, Token)).Before()!;
        Assert.All(known.Figures, figure => Assert.True(figure.IsUnconfirmed));
    }

    [Fact]
    public async Task A_wrong_first_figure_stays_marked_when_the_right_one_has_followed()
    {
        await FetchAsync([Day], (_, currency) => currency == "USD" ? 10m : 1m);
        await WitnessAsync("cnb", Day, "EUR/USD", 1.1420m);

        await FetchAsync([Next], (_, _) => 1.001m);

        Assert.Equal("2026-11-20! 2026-11-23", await MarksAsync("USD"));
        Assert.Equal("2026-11-20 2026-11-23", await MarksAsync("GBP"));
        var sheet = (await _bench.SheetAsync("ecb"))!;
        Assert.Equal(1.1423m, Rate(sheet, "USD"));
        Assert.Null(sheet.Unconfirmed);
    }

    [Fact]
    public async Task A_wrong_figure_between_right_ones_is_the_only_marked_one()
    {
        await FetchAsync([Day], (_, _) => 1m);
        await FetchAsync([Next], (_, currency) => currency == "USD" ? 1.04m : 1m);
        Assert.Equal("2026-11-20! 2026-11-23!", await MarksAsync("USD"));
        await WitnessAsync("cnb", Next, "EUR/USD", 1.1420m);

        await FetchAsync([Third], (_, _) => 1m);

        Assert.Equal("2026-11-20 2026-11-23! 2026-11-24", await MarksAsync("USD"));
        Assert.Null((await _bench.SheetAsync("ecb"))!.Unconfirmed);
    }

    [Fact]
    public async Task Right_history_beside_a_wrong_first_figure_is_stored_and_confirmed_with_what_follows()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(WorkingDays(60)), "eurofxref-hist-90d.xml");
        await FetchAsync([Day], (_, currency) => currency == "USD" ? 10m : 1m);
        await WitnessAsync("cnb", Day, "EUR/USD", 1.1420m);

        await BackfillAsync();
        Assert.Equal(11, (await HistoryAsync("USD")).Count(figure => figure.IsUnconfirmed));
        await FetchAsync([Next], (_, _) => 1m);

        Assert.Equal([Day], (await HistoryAsync("USD")).Where(figure => figure.IsUnconfirmed).Select(figure => figure.AsOf));
        Assert.Equal(12, (await HistoryAsync("USD")).Count);
        Assert.Empty(await _bench.Store.Calls.ReadQuarantineAsync("ecb", Token));
    }

    [Fact]
    public async Task Wrong_history_beside_a_wrong_first_figure_stays_marked()
    {
        _upstream["ecb"].Serve(
            EcbDocument.Of(WorkingDays(60), (_, currency) => currency == "USD" ? 10m : 1m), "eurofxref-hist-90d.xml");
        await FetchAsync([Day], (_, currency) => currency == "USD" ? 10m : 1m);
        await WitnessAsync("cnb", Day, "EUR/USD", 1.1420m);

        await BackfillAsync();
        await FetchAsync([Next], (_, _) => 1m);

        var history = await HistoryAsync("USD");
        Assert.Equal([Next], history.Where(figure => !figure.IsUnconfirmed).Select(figure => figure.AsOf));
        Assert.All(history, figure => Assert.Equal(figure.AsOf == Next, figure.Rate == 1.1412m));
        Assert.All(await HistoryAsync("GBP"), figure => Assert.False(figure.IsUnconfirmed));
    }

    [Fact]
    public async Task History_of_a_pair_that_two_others_contradict_is_kept_aside_although_nothing_is_stored_of_it()
    {
        _upstream["ecb"].Serve(
            EcbDocument.Of(WorkingDays(60), (_, currency) => currency == "PLN" ? 10m : 1m), "eurofxref-hist-90d.xml");
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        foreach (var provider in new[] { "cnb", "nbp" })
        {
            await WitnessAsync(provider, Day.AddDays(-1), "EUR/PLN", 4.25m);
        }

        // The sheet has no zloty, so that the history has its first figures.
        var sheet = new RateSheet
        {
            Provider = "ecb",
            AsOf = Day,
            FetchedAt = _time.GetUtcNow(),
            CheckedAt = _time.GetUtcNow(),
            Observations = [new(Day, CurrencyPair.Parse("EUR/USD"), 1.1412m, RateKind.Reference)],
        };
        await PublishAsync(sheet);
        _time.Advance(TimeSpan.FromSeconds(5));
        await BackfillAsync();

        Assert.Empty(await HistoryAsync("PLN"));
        Assert.Equal(10, (await HistoryAsync("GBP")).Count);
        var aside = Assert.Single(await _bench.Store.Calls.ReadQuarantineAsync("ecb", Token));
        Assert.Contains("first EUR/PLN 42.51 on 2026-11-19: other providers agree on another figure", Assert.Single(aside.Reasons),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(28)]
    public async Task A_document_with_an_old_date_over_new_figures_changes_nothing(int daysBack)
    {
        var wrong = Next.AddDays(-daysBack);
        await FetchAsync([Day, .. daysBack == 7 ? [wrong] : Array.Empty<DateOnly>()], (_, _) => 1m);
        var before = await AllAsync();

        await FetchAsync([wrong], (_, _) => 1.01m);

        Assert.Equal(UnconfirmedMarks.Cleared(before), UnconfirmedMarks.Cleared(await AllAsync()));
        Assert.Equal(Day, (await _bench.SheetAsync("ecb"))!.AsOf);
        Assert.Equal(12, (await _bench.HealthAsync("ecb")).RefusedRows);
        var aside = Assert.Single(await _bench.Store.Calls.ReadQuarantineAsync("ecb", Token));
        Assert.Contains(
            $"the document ends on {wrong:yyyy-MM-dd}, before 2026-11-20", Assert.Single(aside.Reasons), StringComparison.Ordinal);

        // With its right date it is taken.
        await FetchAsync([Next], (_, _) => 1.01m);
        Assert.Equal(1.1526m, Rate((await _bench.SheetAsync("ecb"))!, "USD"));
    }

    [Fact]
    public async Task The_figures_of_today_under_the_date_of_the_day_before_change_nothing()
    {
        await FetchAsync([Day], (_, _) => 1m);
        await FetchAsync([Next], (_, _) => 1.001m);
        var before = await AllAsync();

        // The document of the fourth day has the date of the third.
        _time.Advance(TimeSpan.FromDays(1));
        _upstream["ecb"].Serve(EcbDocument.Of([Next], (_, _) => 1.004m));
        await _bench.AlarmAsync("ecb");

        Assert.Equal(before, await AllAsync());
        Assert.Equal(1.1423m, Rate((await _bench.SheetAsync("ecb"))!, "USD"));
        Assert.Equal(
            "date 12 of 12 figures differ from those that were published for 2026-11-23, and a later day is due",
            (await _bench.RunsAsync())[0].Reason);

        _time.Advance(TimeSpan.FromHours(2));
        _upstream["ecb"].Serve(EcbDocument.Of([Third], (_, _) => 1.004m));
        await _bench.AlarmAsync("ecb");
        Assert.Equal((Third, 1.1458m), ((await _bench.SheetAsync("ecb"))!.AsOf, Rate((await _bench.SheetAsync("ecb"))!, "USD")));
    }

    [Fact]
    public async Task Two_that_publish_the_same_wrong_figures_do_not_confirm_each_other()
    {
        await FetchAsync([Day], (_, currency) => currency == "USD" ? 10m : 1m);
        var wrong = (await _bench.SheetAsync("ecb"))!;
        await PublishAsync(wrong with { Provider = "cnb", Observations = UnconfirmedMarks.Cleared(wrong.Observations) });
        _time.Advance(TimeSpan.FromHours(1));
        _upstream["ecb"].Serve(EcbDocument.Of([Day], (_, currency) => currency == "USD" ? 10m : 1m) with { ETag = "again" });
        await _bench.AlarmAsync("ecb");

        Assert.Equal("2026-11-20!", await MarksAsync("USD"));
        Assert.Equal(12, (await _bench.SheetAsync("ecb"))!.Unconfirmed!.Count);
    }

    [Fact]
    public async Task History_of_a_pair_in_the_other_direction_is_kept_aside()
    {
        _upstream["ecb"].Serve(
            EcbDocument.Of(WorkingDays(60), (_, currency) => currency == "USD" ? 1 / (1.1412m * 1.1412m) : 1m), "eurofxref-hist-90d.xml");
        await FetchAsync([Day], (_, _) => 1m);
        foreach (var provider in new[] { "cnb", "nbp" })
        {
            await WitnessAsync(provider, Day, "EUR/USD", 1.1420m);
        }

        _time.Advance(TimeSpan.FromHours(1));
        await FetchAsync([Next], (_, _) => 1m);
        await BackfillAsync();

        Assert.Equal("2026-11-20 2026-11-23", await MarksAsync("USD"));
        Assert.Contains(
            "2026-11-19 EUR/USD 0.8763 Reference: inverted EUR/USD 0.8763 on 2026-11-19 is 1 / rate of EUR/USD 1.1412 on 2026-11-20",
            Assert.Single(await _bench.Store.Calls.ReadQuarantineAsync("ecb", Token)).Reasons);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_past_day_is_corrected_by_more_than_two_per_cent_only_with_witnesses(bool hasWitnesses)
    {
        await FetchAsync([Day], (_, _) => 1m);
        await FetchAsync([Next], (_, _) => 1m);
        if (hasWitnesses)
        {
            await WitnessAsync("cnb", Day, "EUR/USD", 1.1755m);
            await WitnessAsync("nbp", Day, "EUR/USD", 1.1757m);
        }

        await FetchAsync([Third, Day], (day, currency) => day == Day && currency == "USD" ? 1.03m : 1m);

        Assert.Equal(hasWitnesses ? 1.1754m : 1.1412m, (await HistoryAsync("USD")).Single(figure => figure.AsOf == Day).Rate);
        Assert.Equal(hasWitnesses ? [] : new[]
        {
            "2026-11-20 EUR/USD 1.1754 Reference: revision EUR/USD on 2026-11-20 from 1.1412 to 1.1754 of a past day is more than 2 %",
        }, (await _bench.Store.Calls.ReadQuarantineAsync("ecb", Token)).SelectMany(sheet => sheet.Reasons));
    }

    private async Task FetchAsync(DateOnly[] days, Func<DateOnly, string, decimal> factor)
    {
        if (await _bench.SheetAsync("ecb") is not null)
        {
            var to = new DateTimeOffset(days[0] > Day ? days[0] : Next, new TimeOnly(16, 5), TimeSpan.Zero);
            _time.Advance(to > _time.GetUtcNow() ? to - _time.GetUtcNow() : TimeSpan.FromDays(1));
        }

        _upstream["ecb"].Serve(EcbDocument.Of(days, factor));
        await _bench.AlarmAsync("ecb");
    }

    private async Task BackfillAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        var backfill = _bench.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<Backfill>().Single();
        Assert.True(await backfill.StepAsync(Token));
    }

    private async Task WitnessAsync(string provider, DateOnly day, string pair, decimal rate)
    {
        Observation figure = new(day, CurrencyPair.Parse(pair), rate, RateKind.Reference);
        await _bench.Store.Calls.UpsertHistoryAsync(provider, [figure], _time.GetUtcNow(), Token);
        await PublishAsync(new()
        {
            Provider = provider,
            AsOf = day,
            FetchedAt = _time.GetUtcNow(),
            CheckedAt = _time.GetUtcNow(),
            Observations = [figure],
        });
    }

    private async Task PublishAsync(RateSheet sheet)
    {
        var terms = new ClaimTerms("another", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), 1);
        var claim = await _bench.Store.Calls.ClaimAsync(sheet.Provider, _time.GetUtcNow(), terms, Token);
        Assert.True((await _bench.Store.Calls.PublishAsync(claim, sheet, FetchValidators.None, Token)).Accepted);
    }

    private static DateOnly[] WorkingDays(int count) => [.. Enumerable.Range(0, count).Select(back => Day.AddDays(-back))
        .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))];

    private Task<IReadOnlyList<Observation>> AllAsync() =>
        _bench.Store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-60), Day.AddDays(60), Token);

    private async Task<IReadOnlyList<Observation>> HistoryAsync(string quote) =>
        [.. (await AllAsync()).Where(figure => figure.Pair.Quote.Code == quote)];

    private async Task<string> MarksAsync(string quote) => string.Join(
        ' ', (await HistoryAsync(quote)).Select(figure => $"{figure.AsOf:yyyy-MM-dd}{(figure.IsUnconfirmed ? "!" : "")}"));

    private static decimal Rate(RateSheet sheet, string quote) =>
        sheet.Observations.Where(figure => figure.Pair.Quote.Code == quote).MaxBy(figure => figure.AsOf).Rate;
}
