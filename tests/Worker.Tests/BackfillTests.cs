using Rates.Core;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>History is filled backward, in pieces, once, as far as wanted.</summary>
public sealed partial class BackfillTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly Dictionary<string, string?> _wanted = new() { ["Rates:Worker:Backfill"] = "14" };
    private readonly UpstreamServer _upstream = UpstreamServer.Start();

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _upstream["ecb"].Serve(EcbDocument.Of(Days(85)), "eurofxref-hist-90d.xml");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task The_days_before_the_first_one_known_are_filled_in_and_that_is_all()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        Assert.False(await StepAsync(worker));
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await StepAsync(worker));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await StepAsync(worker));

        var history = await worker.Store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-60), Day, TestContext.Current.CancellationToken);
        Assert.Equal(Day.AddDays(-14), history.Min(observation => observation.AsOf));
        Assert.Equal(11, history.Select(observation => observation.AsOf).Distinct().Count());
        Assert.Equal(Day.AddDays(-14), await worker.Store.Calls.ReadBackfilledAsync("ecb", TestContext.Current.CancellationToken));
        Assert.Equal(2, _upstream.CallsOf("ecb").Count);
        Assert.Equal(Day, (await worker.SheetAsync("ecb"))!.AsOf);
    }

    [Fact]
    public async Task Days_of_the_past_are_proved_by_the_bytes_that_they_were_read_from()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync(worker));

        var evidence = worker.Get<IEvidence>();
        var listed = await evidence.ListAsync("ecb", TestContext.Current.CancellationToken);
        Assert.Equal([false, true], listed.Select(sheet => sheet.IsBackfill));
        var filled = listed[1];
        Assert.Equal((Day.AddDays(-14), Day.AddDays(-1)), (filled.From, filled.To));
        Assert.Equal(filled.FetchedAt.ToUnixTimeMilliseconds(), filled.Version);
        Assert.Equivalent(
            filled, await evidence.ReadAsync("ecb", filled.Version, TestContext.Current.CancellationToken), strict: true);
        var bytes = await evidence.ReadBodyAsync(Assert.Single(filled.Bodies).Digest, TestContext.Current.CancellationToken);
        Assert.Equal(EcbDocument.Of(Days(85)).Body, bytes!.Value.ToArray());

        // The instant is the one from which on history has the figures.
        var days = await worker.Store.Calls.ReadDaysAsync("ecb", filled.From, filled.To, TestContext.Current.CancellationToken);
        Assert.NotEmpty(days);
        Assert.All(
            days, day => Assert.Equal(filled.FetchedAt, day.KnownSince(day.Figures[0].Pair, day.Figures[0].Kind), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_piece_that_changes_nothing_stores_no_evidence_a_second_time()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync(worker));
        _time.Advance(TimeSpan.FromSeconds(5));

        var window = new FetchWindow(Day.AddDays(-14), Day.AddDays(-1), Day);
        var provider = worker.Get<ScheduleTable>().Fetched["ecb"];
        Assert.Equal(0, await worker.Get<Backfill>().FillOnDemandAsync(provider, window, TestContext.Current.CancellationToken));

        Assert.Equal(2, (await worker.Get<IEvidence>().ListAsync("ecb", TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Only_one_worker_fills_history_at_a_time()
    {
        await using var one = new Bench(_time, _upstream, ["ecb"], _wanted);
        await using var two = new Bench(_time, _upstream, ["ecb"], _wanted, one.Store);
        await one.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        _upstream["ecb"].Always(new(FaultKind.Silence));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var first = one.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<Backfill>().Single().StepAsync(end.Token);
        await Eventually.IsAsync(() => _upstream.CallsOf("ecb").Count == 2, TestContext.Current.CancellationToken);

        Assert.False(await StepAsync(two));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _upstream["ecb"].Always(Fault.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync(two));
        Assert.Equal(3, _upstream.CallsOf("ecb").Count);
    }

    [Fact]
    public async Task Days_with_other_units_are_kept_aside_with_their_reason_and_say_nothing_about_today()
    {
        _upstream["ecb"].Serve(
            EcbDocument.Of(Days(85), (day, currency) => currency == "PLN" && day < Day.AddDays(-7) ? 10m : 1m), "eurofxref-hist-90d.xml");
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await StepAsync(worker));

        var cancellation = TestContext.Current.CancellationToken;
        var history = await worker.Store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-60), Day, cancellation);
        Assert.Equal(Day.AddDays(-14), history.Min(figure => figure.AsOf));
        Assert.Equal(Day.AddDays(-7), history.Where(figure => figure.Pair.Quote.Code == "PLN").Min(figure => figure.AsOf));
        var aside = Assert.Single(await worker.Store.Calls.ReadQuarantineAsync("ecb", cancellation));
        Assert.Contains(
            "step EUR/PLN 42.51 on 2026-11-12 is a factor of 10 from EUR/PLN 4.251 on 2026-11-13", Assert.Single(aside.Reasons),
            StringComparison.Ordinal);
        Assert.All(aside.Observations, figure => Assert.Equal("EUR/PLN", figure.Pair.ToString()));

        // The same level tomorrow is still a fault: what was kept aside of the past does not bear it out.
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(3)], (_, currency) => currency == "PLN" ? 10m : 1m));
        _time.Advance(TimeSpan.FromDays(3));
        await worker.AlarmAsync("ecb");

        var sheet = (await worker.SheetAsync("ecb"))!;
        Assert.Equal(Day.AddDays(3), sheet.AsOf);
        Assert.Equal(Day, sheet.Observations.Where(figure => figure.Pair.Quote.Code == "PLN").Max(figure => figure.AsOf));
    }

    [Fact]
    public async Task A_label_that_is_no_rate_is_reported_and_one_that_means_another_is_stored_as_that()
    {
        _wanted["Rates:Providers:ecb:Labels:0:Label"] = "PLN";
        _wanted["Rates:Providers:ecb:Labels:0:NoRate"] = "it no longer moves";
        _wanted["Rates:Providers:ecb:Labels:1:Label"] = "HUF";
        _wanted["Rates:Providers:ecb:Labels:1:Means"] = "ISK";
        _wanted["Rates:Providers:ecb:Labels:1:Units"] = "10";
        await using var worker = new Bench(_time, _upstream, ["ecb"], _wanted);

        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await StepAsync(worker));

        var cancellation = TestContext.Current.CancellationToken;
        var sheet = (await worker.SheetAsync("ecb"))!;
        var history = await worker.Store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-60), Day, cancellation);
        Assert.All([sheet.Observations, history], figures =>
        {
            Assert.DoesNotContain(figures, figure => figure.Pair.Quote.Code is "PLN" or "HUF");
            Assert.Equal(38.815m, figures.First(figure => figure.Pair.Quote.Code == "ISK").Rate);
        });
        var health = (await worker.Store.Calls.ReadProvidersAsync(cancellation))["ecb"].Health;
        Assert.Equal("EUR/PLN: label PLN on 2026-11-20 is no rate: it no longer moves", Assert.Single(health.FirstOddRows).ToString());
        Assert.Empty(await worker.Store.Calls.ReadQuarantineAsync("ecb", cancellation));
    }

    [Fact]
    public void Pieces_lie_against_each_other_down_to_where_history_begins()
    {
        var provider = ProviderCatalog.Shipped().Find("boc")!;
        var options = new WorkerOptions { BackfillFrom = new DateOnly(1990, 1, 1) };
        List<FetchWindow> pieces = [];
        DateOnly? completed = null;
        while (BackfillPlanner.Next(provider, options, Day, completed, Day) is { } piece)
        {
            pieces.Add(piece);
            completed = piece.From;
        }

        Assert.Equal(Day.AddDays(-1), pieces[0].To);
        Assert.Equal(provider.Block.HistoryFrom, pieces[^1].From);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, provider.Block.BackfillDays));
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.From.AddDays(-1), pair.Second.To));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(14, "2026-11-06")]
    public void As_many_days_are_filled_as_wanted(int days, string? from) =>
        Assert.Equal(
            from is null ? null : DateOnly.Parse(from),
            BackfillPlanner.Next(ProviderCatalog.Shipped().Find("ecb")!, new WorkerOptions { Backfill = days }, Day, null, Day)?.From);

    private static IEnumerable<DateOnly> Days(int count) => Enumerable.Range(0, count).Select(back => Day.AddDays(-back))
        .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private async Task PublishAsync(ITestStore store, string provider)
    {
        var terms = new ClaimTerms("another", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), 1);
        var claim = await store.ClaimAsync(provider, _time.GetUtcNow(), terms, TestContext.Current.CancellationToken);
        var sheet = new RateSheet
        {
            Provider = provider,
            AsOf = Day,
            FetchedAt = _time.GetUtcNow(),
            CheckedAt = _time.GetUtcNow(),
            Observations = [new(Day, CurrencyPair.Parse("EUR/PLN"), 4.25m, RateKind.Reference)],
        };
        Assert.True((await store.PublishAsync(claim, sheet, FetchValidators.None, TestContext.Current.CancellationToken)).Accepted);
    }

    private static Task<bool> StepAsync(Bench worker) =>
        worker.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<Backfill>().Single().StepAsync(
            TestContext.Current.CancellationToken);
}
