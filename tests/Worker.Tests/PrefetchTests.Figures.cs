using Rates.Core;
using Rates.Store;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Rows that cannot be read, and figures that are refused or unconfirmed.</summary>
public sealed partial class PrefetchTests
{
    [Fact]
    public async Task A_row_that_cannot_be_read_costs_itself_and_is_named_until_it_is_gone()
    {
        var day = DateOnly.FromDateTime(_time.GetUtcNow().Date);
        _upstream["ecb"].Serve(EcbDocument.WithDash(day, "GBP"));
        await _bench.AlarmAsync("ecb");

        var sheet = await _bench.SheetAsync("ecb");
        Assert.Equal(11, sheet!.Observations.Count);
        Assert.DoesNotContain(sheet.Observations, observation => observation.Pair.Quote.Code == "GBP");
        var odd = new OddRow("day 1, element 3 <Cube>", "'-' is not a number of the form Point");
        await HealthSaysAsync(1, odd);
        var run = (await _bench.RunsAsync())[0];
        Assert.Equal(
            ("published", 1, $"1 row of the answer cannot be used and is left out: {odd}"), (run.Outcome, run.OddRows, run.Reason));
        Assert.Single(_bench.Log.Lines, line => line.Contains("ecb: 1 row of the answer cannot be used", StringComparison.Ordinal));

        await NextSlotAsync();
        Assert.Equal("unchanged", (await _bench.RunsAsync())[0].Outcome);
        await HealthSaysAsync(1, odd);
        Assert.Single(_bench.Log.Lines, line => line.Contains("ecb: 1 row of the answer cannot be used", StringComparison.Ordinal));

        _upstream["ecb"].Serve(EcbDocument.Of(day));
        await NextSlotAsync();
        await HealthSaysAsync(0);
        Assert.Equal(12, (await _bench.SheetAsync("ecb"))!.Observations.Count);
    }

    [Fact]
    public async Task Of_many_answers_one_may_be_a_single_odd_row_but_not_all()
    {
        var odd = Document.Of("""[{"Period":"2026-11-20T00:00:00","Value":"-"}]""", "application/json");
        _upstream["sarb"].Serve(Document.Of("""[{"Period":"2026-11-20T00:00:00","Value":0.4321}]""", "application/json"));
        await using var learning = new Bench(_time, _upstream, ["sarb"]);
        await learning.AlarmAsync("sarb");
        var requests = _upstream.CallsOf("sarb").Select(call => call.Path).ToList();
        Assert.Equal(23, requests.Count);

        _upstream["sarb"].Serve(odd, requests[4]);
        await using var one = new Bench(_time, _upstream, ["sarb"]);
        await one.AlarmAsync("sarb");
        var run = Assert.Single(await one.RunsAsync());
        Assert.Equal(("published", 1), (run.Outcome, run.OddRows));
        Assert.Contains($"{requests[4]}: [0]: '-' is not a number", run.Reason, StringComparison.Ordinal);
        Assert.Equal($"{requests[4]}: [0]", Assert.Single((await one.HealthAsync("sarb")).FirstOddRows).Place);

        _upstream["sarb"].Serve(odd);
        await using var all = new Bench(_time, _upstream, ["sarb"]);
        await all.AlarmAsync("sarb");
        run = Assert.Single(await all.RunsAsync());
        Assert.Equal("quarantined", run.Outcome);
        Assert.StartsWith("23 of 23 rows cannot be read, the first: ", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_cannot_be_right_are_kept_aside_and_what_is_served_stands()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3), factor: 100m));

        await _bench.AlarmAsync("ecb");

        Assert.Equal(Day, (await _bench.SheetAsync("ecb"))!.AsOf);
        Assert.Equal("quarantined", (await _bench.RunsAsync())[0].Outcome);
        var refused = Assert.Single(await QuarantineAsync());
        Assert.Equal(12, refused.Observations.Count);
        Assert.NotEmpty(refused.Reasons);
        Assert.Contains("gesmes", refused.Excerpt, StringComparison.Ordinal);
        Assert.Equal(1, (await _bench.HealthAsync("ecb")).Quarantined);
    }

    [Fact]
    public async Task One_figure_that_cannot_be_right_is_left_out_and_looked_at_again()
    {
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        var wrong = System.Text.Encoding.UTF8.GetString(EcbDocument.Of(Day.AddDays(3)).Body).Replace(
            "'USD' rate='1.1412'", "'USD' rate='114.12'", StringComparison.Ordinal);
        _upstream["ecb"].Serve(Document.Of(wrong));

        await _bench.AlarmAsync("ecb");
        var sheet = await _bench.SheetAsync("ecb");
        var run = (await _bench.RunsAsync())[0];

        Assert.Equal(("published", Day.AddDays(3)), (run.Outcome, sheet!.AsOf));
        Assert.Contains("EUR/USD", run.Reason, StringComparison.Ordinal);
        Assert.Equal(1.1412m, sheet.Observations.Single(observation => observation.Pair.Quote == Currency.Usd).Rate);
        Assert.Equal(
            Day, sheet.Observations.Where(observation => observation.Pair.Quote == Currency.Usd).Max(observation => observation.AsOf));
        Assert.Single(Assert.Single(await QuarantineAsync()).Observations);
        Assert.Null((await _bench.StateAsync("ecb")).Validators.BodyDigest);
        Assert.Equal((1, 1), await RefusedAsync());

        // The same body is one refused publication, however often it is read.
        await NextSlotAsync();
        Assert.Equal((1, 1), await RefusedAsync());

        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3)));
        await NextSlotAsync();
        Assert.Equal((0, 0), await RefusedAsync());
    }

    private async Task<(int Quarantined, int RefusedRows)> RefusedAsync() =>
        await _bench.HealthAsync("ecb") is var health ? (health.Quarantined, health.RefusedRows) : default;

    [Fact]
    public async Task A_wrong_day_among_the_older_ones_that_come_along_is_kept_aside()
    {
        DateOnly[] days = [.. Enumerable.Range(0, 5).Select(back => Day.AddDays(-back))];
        _upstream["ecb"].Serve(EcbDocument.Of(days, (day, currency) => currency == "PLN" && day == Day.AddDays(-2) ? 100m : 1m));

        await _bench.AlarmAsync("ecb");

        Assert.Equal([Day.AddDays(-4), Day.AddDays(-3), Day.AddDays(-1), Day], await DaysOfAsync("PLN", 4.2510m));
        var aside = Assert.Single(await QuarantineAsync());
        Assert.Contains("step EUR/PLN 425.1 on 2026-11-18", Assert.Single(aside.Reasons), StringComparison.Ordinal);
        Assert.Equal(1, (await _bench.HealthAsync("ecb")).RefusedRows);

        // The source mends it, and breaks a day that is stored.
        _upstream["ecb"].Serve(EcbDocument.Of(
            days.Append(Day.AddDays(3)), (day, currency) => currency == "PLN" && day == Day.AddDays(-3) ? 10m : 1m));
        _time.Advance(TimeSpan.FromDays(3));
        await _bench.AlarmAsync("ecb");

        Assert.Equal([.. days.Order(), Day.AddDays(3)], await DaysOfAsync("PLN", 4.2510m));
        Assert.Equal(Day.AddDays(3), (await _bench.SheetAsync("ecb"))!.AsOf);
    }

    [Fact]
    public async Task A_small_correction_of_an_older_day_is_stored()
    {
        DateOnly[] days = [.. Enumerable.Range(0, 5).Select(back => Day.AddDays(-back))];
        _upstream["ecb"].Serve(EcbDocument.Of(days));
        await _bench.AlarmAsync("ecb");
        _upstream["ecb"].Serve(EcbDocument.Of(
            days.Append(Day.AddDays(3)), (day, currency) => currency == "PLN" && day == Day.AddDays(-2) ? 1.01m : 1m));

        _time.Advance(TimeSpan.FromDays(3));
        await _bench.AlarmAsync("ecb");

        Assert.Equal([Day.AddDays(-2)], await DaysOfAsync("PLN", 4.2935m));
        Assert.Empty(await QuarantineAsync());
    }

    private async Task<IEnumerable<DateOnly>> DaysOfAsync(string quote, decimal rate) =>
        (await _bench.Store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-60), Day.AddDays(60), TestContext.Current.CancellationToken))
            .Where(figure => figure.Pair.Quote.Code == quote && figure.Rate == rate).Select(figure => figure.AsOf).Order();

    [Fact]
    public async Task A_first_sheet_is_unconfirmed_until_a_second_one_agrees_and_a_refused_row_is_told_in_the_health()
    {
        await _bench.AlarmAsync("ecb");
        var first = await _bench.SheetAsync("ecb");
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(3)], (_, currency) => currency == "JPY" ? 0.1m : 1.001m));

        _time.Advance(TimeSpan.FromDays(3));
        await _bench.AlarmAsync("ecb");

        Assert.Equal(12, first!.Unconfirmed!.Count);
        Assert.Equal([CurrencyPair.Parse("EUR/JPY")], (await _bench.SheetAsync("ecb"))!.Unconfirmed);
        var health = await _bench.HealthAsync("ecb");
        Assert.Equal(1, health.RefusedRows);
        Assert.StartsWith("scale EUR/JPY 176.21", Assert.Single(health.FirstRefusedRows).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sheet_is_kept_without_the_labels_that_are_no_rate()
    {
        await using var bench = new Bench(_time, _upstream, ["ecb"], new()
        {
            ["Rates:Providers:ecb:Labels:0:Label"] = "JPY",
            ["Rates:Providers:ecb:Labels:0:NoRate"] = "another currency's figure",
        });
        await bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3), factor: 100m));
        await bench.AlarmAsync("ecb");

        var kept = Assert.Single(await bench.Store.Calls.ReadQuarantineAsync("ecb", TestContext.Current.CancellationToken));
        Assert.Equal(11, kept.Observations.Count);
        Assert.DoesNotContain(kept.Observations, figure => figure.Pair.Quote.Code == "JPY");
    }

    [Fact]
    public async Task The_days_of_one_refused_document_are_no_repetition_of_its_newest()
    {
        await _bench.AlarmAsync("ecb");
        DateOnly[] days = [.. Enumerable.Range(3, 12).Select(Day.AddDays)];
        _time.Advance(TimeSpan.FromDays(14));
        _upstream["ecb"].Serve(EcbDocument.Of(days.Reverse(), (_, _) => 30m));
        await _bench.AlarmAsync("ecb");

        await NextSlotAsync();
        await NextSlotAsync();

        Assert.Equal(["quarantined", "published"], (await _bench.RunsAsync()).Select(run => run.Outcome).Distinct());
        Assert.Equal(Day, (await _bench.SheetAsync("ecb"))!.AsOf);
    }

    [Fact]
    public async Task A_wrong_level_that_comes_and_goes_is_not_taken_for_repeated()
    {
        await _bench.AlarmAsync("ecb");
        for (var days = 1; days <= 5; days++)
        {
            _time.Advance(TimeSpan.FromDays(days == 1 ? 3 : 1));
            var isWrong = days % 2 == 1;
            _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(2 + days)], (_, currency) => isWrong && currency == "JPY" ? 30m : 1.001m));
            await _bench.AlarmAsync("ecb");
        }

        var sheet = await _bench.SheetAsync("ecb");
        Assert.Equal(Day.AddDays(7), sheet!.AsOf);
        Assert.Equal(Day.AddDays(6), sheet.Observations.Where(figure => figure.Pair.Quote.Code == "JPY").Max(figure => figure.AsOf));
        Assert.Equal(3, (await QuarantineAsync()).Count);
    }

    [Fact]
    public async Task A_document_of_the_year_before_does_not_replace_the_history_of_that_year()
    {
        var before = Day.AddYears(-1);
        await _bench.Store.Calls.UpsertHistoryAsync(
            "ecb", [new(before, CurrencyPair.Parse("EUR/USD"), 1.0512m, RateKind.Reference)], _time.GetUtcNow(),
            TestContext.Current.CancellationToken);
        await _bench.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3));
        _upstream["ecb"].Serve(EcbDocument.Of(before, factor: 1.001m));

        await _bench.AlarmAsync("ecb");

        var stored = await _bench.Store.Calls.ReadHistoryAsync("ecb", before, before, TestContext.Current.CancellationToken);
        Assert.Equal(1.0512m, Assert.Single(stored).Rate);
        var odd = Assert.Single((await _bench.HealthAsync("ecb")).FirstOddRows);
        Assert.StartsWith("its newest day 2025-11-20 is more than 31 days before 2026-11-20", odd.Reason, StringComparison.Ordinal);
        Assert.Equal(Day, (await _bench.SheetAsync("ecb"))!.AsOf);
    }

    private async Task HealthSaysAsync(int oddRows, params OddRow[] first)
    {
        var health = await _bench.HealthAsync("ecb");
        Assert.Equal(oddRows, health.OddRows);
        Assert.Equal(first, health.FirstOddRows);
    }
}
