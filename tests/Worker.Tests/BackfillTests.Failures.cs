using Rates.Core;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What fails while history is filled, and what may confirm a step of the past.</summary>
public sealed partial class BackfillTests
{
    [Fact]
    public async Task A_source_that_fails_is_left_alone_for_an_hour_and_nothing_counts_as_filled()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        _upstream["ecb"].Always(new(FaultKind.Html));
        Assert.True(await StepAsync(worker));
        _upstream["ecb"].Always(Fault.None);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.False(await StepAsync(worker));
        Assert.Null(await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));

        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.True(await StepAsync(worker));
    }

    [Fact]
    public async Task A_piece_that_fails_for_good_is_recorded_and_passed()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        _upstream["ecb"].Always(new(FaultKind.Html));
        Assert.True(await StepAsync(worker));
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.True(await StepAsync(worker));
        _time.Advance(TimeSpan.FromHours(22));
        Assert.False(await StepAsync(worker));
        Assert.Null(await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(await StepAsync(worker));

        Assert.Equal(Day.AddDays(-14), await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
        var run = (await worker.RunsAsync())[0];
        Assert.Equal("failed", run.Outcome);
        Assert.StartsWith(
            "history of 2026-11-06 to 2026-11-19 failed 3 times over a day and is passed: ", run.Reason, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await StepAsync(worker));
    }

    [Fact]
    public async Task The_tries_of_a_piece_are_counted_over_restarts()
    {
        await using var store = new TestStore(_time);
        foreach (var hours in new[] { 1, 23, 1 })
        {
            await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted, store);
            _upstream["ecb"].Always(Fault.None);
            await worker.AlarmAsync("ecb");
            _time.Advance(TimeSpan.FromSeconds(5));
            _upstream["ecb"].Always(new(FaultKind.Html));
            Assert.Null(await store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
            Assert.True(await StepAsync(worker));
            _time.Advance(TimeSpan.FromHours(hours));
        }

        Assert.Equal(Day.AddDays(-14), await store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
        Assert.Null(await store.Calls.ReadFailedBackfillAsync("ecb", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hmrc", "un", false)]
    [InlineData("nbp", "hmrc", false)]
    [InlineData("nbp", "cnb", true)]
    public async Task Only_who_takes_part_in_blends_may_confirm_a_step_of_the_past(string one, string other, bool isConfirmed)
    {
        _upstream["ecb"].Serve(
            EcbDocument.Of(Days(85), (day, currency) => currency == "PLN" && day < Day.AddDays(-7) ? 10m : 1m), "eurofxref-hist-90d.xml");
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var witness in new[] { one, other })
        {
            await PublishAsync(worker.Store.Calls, witness);
            Observation[] figures = [.. Days(20).Select(day =>
                new Observation(day, CurrencyPair.Parse("EUR/PLN"), day < Day.AddDays(-7) ? 42.5m : 4.25m, RateKind.Reference))];
            await worker.Store.Calls.UpsertHistoryAsync(witness, figures, _time.GetUtcNow(), cancellation);
        }

        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync(worker));

        Assert.Equal(isConfirmed ? 0 : 1, (await worker.Store.Calls.ReadQuarantineAsync("ecb", cancellation)).Count);
    }

    [Fact]
    public async Task A_source_that_refuses_to_answer_is_not_given_up()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        _upstream["ecb"].Always(new(FaultKind.Status, "403"));
        for (var hours = 0; hours < 60; hours += 12)
        {
            await StepAsync(worker);
            _time.Advance(TimeSpan.FromHours(12));
        }

        Assert.Null(await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
        _upstream["ecb"].Always(Fault.None);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(await StepAsync(worker));
        Assert.Equal(Day.AddDays(-14), await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
    }
}
