using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Figures that were read wrongly are found and corrected from the stored bodies, without asking the source.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private static readonly DateOnly First = new(2026, 11, 9);
    private static readonly CurrencyPair Zloty = CurrencyPair.Parse("EUR/PLN");

    // What the adapter's block says wrongly: figures of the zloty are divided by 1.25.
    private static readonly Dictionary<string, string?> Fault = new()
    {
        ["Rates:Providers:ecb:Labels:0:Label"] = "PLN",
        ["Rates:Providers:ecb:Labels:0:Units"] = "1.25",
    };

    private readonly FakeTimeProvider _time = new(new(First, new(18, 30), TimeSpan.Zero));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public ReplayTests() => _store = new TestStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Ten_days_that_were_read_wrongly_are_found_and_stored_as_revisions()
    {
        var days = await PublishTenDaysAsync(Fault);
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        var calls = _upstream.CallsOf("ecb").Count;
        var before = await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token);

        var shown = await mended.Get<Replay>().RunAsync("ecb", First, Today, store: false, Token);

        Assert.Empty(shown.Problems);
        Assert.Equal(days, shown.Changes.Select(change => change.Read.AsOf));
        Assert.All(shown.Changes, change => Assert.Equal((Zloty, change.Stored * 1.25m), (change.Read.Pair, change.Read.Rate)));
        Assert.Equal(before, await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token));

        var stored = await mended.Get<Replay>().RunAsync("ecb", First, Today, store: true, Token);

        Assert.Equal(days.Count, stored.StoredDays);
        var after = await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token);
        Assert.Equal(days.Count, after.Count(figure => figure.Pair == Zloty
            && shown.Changes.Any(change => change.Read.Rate == figure.Rate)));
        Assert.Equal(before.Where(figure => figure.Pair != Zloty), after.Where(figure => figure.Pair != Zloty));
        var sheet = (await mended.SheetAsync("ecb"))!;
        Assert.Equal(shown.Changes[^1].Read.Rate, sheet.Observations.Single(figure => figure.Pair == Zloty).Rate);
        Assert.True(sheet.Revised);
        Assert.Equal(calls, _upstream.CallsOf("ecb").Count);
        Assert.Empty((await mended.Get<Replay>().RunAsync("ecb", First, Today, store: false, Token)).Changes);
    }

    [Fact]
    public async Task Days_that_a_back_fill_read_wrongly_are_corrected()
    {
        DateOnly[] days = [.. Enumerable.Range(1, 20).Select(back => First.AddDays(-back)).Where(day => day.DayOfWeek
            is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Order()];
        _upstream["ecb"].Serve(EcbDocument.Of(First));
        _upstream["ecb"].Serve(EcbDocument.Of(days, (day, _) => 1m + (day.DayNumber % 7 * 0.001m)), "eurofxref-hist-90d.xml");
        await using (var faulty = new Bench(_time, _upstream, ["ecb"], Fault, _store))
        {
            await faulty.AlarmAsync("ecb");
            _time.Advance(TimeSpan.FromMinutes(1));
            var window = new FetchWindow(days[0], days[^1], Today);
            var provider = faulty.Get<ScheduleTable>().Fetched["ecb"];
            Assert.Equal(days.Length, await faulty.Get<Backfill>().FillOnDemandAsync(provider, window, Token));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        var calls = _upstream.CallsOf("ecb").Count;
        var before = await _store.Calls.ReadHistoryAsync("ecb", days[0], days[^1], Token);

        var shown = await mended.Get<Replay>().RunAsync("ecb", days[0], days[^1], store: false, Token);
        var stored = await mended.Get<Replay>().RunAsync("ecb", days[0], days[^1], store: true, Token);

        Assert.Empty(shown.Problems);
        Assert.Equal(days, shown.Changes.Select(change => change.Read.AsOf));
        Assert.All(shown.Changes, change => Assert.Equal((Zloty, change.Stored * 1.25m), (change.Read.Pair, change.Read.Rate)));
        Assert.Equal(days.Length, stored.StoredDays);
        Assert.Equal(calls, _upstream.CallsOf("ecb").Count);
        var after = await _store.Calls.ReadHistoryAsync("ecb", days[0], days[^1], Token);
        Assert.Equal(before.Where(figure => figure.Pair != Zloty), after.Where(figure => figure.Pair != Zloty));
        Assert.Equal(before.Count, after.Count);
    }

    [Fact]
    public async Task A_command_stores_exactly_what_another_has_shown_and_both_readings_stay_known()
    {
        var days = await PublishTenDaysAsync(Fault);
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        var before = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(5));

        var (shown, message, shownReport) = await CommandAsync(mended, "aa", new() { From = First, To = Today });
        var unchanged = await _store.Calls.ReadDaysAsync("ecb", First, Today, Token);
        var (stored, said, storedReport) = await CommandAsync(mended, "bb", new() { From = First, To = Today, Shown = "aa" });

        Assert.True(shown, message);
        Assert.Equal("sheets read: 10, figures that differ: 10 on 10 days, nothing was stored", message);
        Assert.Equal(days, shownReport!.Changes.Select(change => change.Read.AsOf));
        Assert.Null(shownReport.StoredAt);
        Assert.All(unchanged.SelectMany(day => day.Revisions), change => Assert.Empty(change.Replaced));
        Assert.True(stored, said);
        Assert.Equal("sheets read: 10, figures that differ: 10 on 10 days, days changed: 10", said);
        Assert.Equal((10, _time.GetUtcNow()), (storedReport!.StoredDays, storedReport.StoredAt));
        foreach (var day in await _store.Calls.ReadDaysAsync("ecb", First, Today, Token))
        {
            var (wrong, right) = (Rate(day.AsKnownAt(before)!), Rate(day));
            Assert.Equal(wrong * 1.25m, right);
            Assert.Equal(day.Figures.Count, day.AsKnownAt(before)!.Figures.Count);
        }

        var sheet = (await mended.SheetAsync("ecb"))!;
        Assert.Equal(sheet.Version, (await mended.Get<IEvidence>().ListAsync("ecb", Token))[^1].Version);
    }

    [Fact]
    public async Task What_differs_from_what_was_shown_is_not_stored()
    {
        await PublishTenDaysAsync(Fault);
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        await CommandAsync(mended, "aa", new());
        await mended.Get<Replay>().RunAsync("ecb", First, First.AddDays(1), store: true, Token);
        var before = await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token);

        var (isDone, message, report) = await CommandAsync(mended, "bb", new() { Shown = "aa" });
        var (isKnown, missing, _) = await CommandAsync(mended, "cc", new() { Shown = "dd" });

        Assert.False(isDone);
        Assert.StartsWith(
            "what differs now is not what the replay aa has shown (8 figures, not 10, or others)", message, StringComparison.Ordinal);
        Assert.Null(report);
        Assert.Equal(before, await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token));
        Assert.False(isKnown);
        Assert.Contains("dd has shown is no longer stored", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_mend_is_mended_by_another_replay()
    {
        var days = await PublishTenDaysAsync([]);
        await using (var wrong = new Bench(_time, _upstream, ["ecb"], Fault, _store))
        {
            await CommandAsync(wrong, "aa", new());
            Assert.True((await CommandAsync(wrong, "bb", new() { Shown = "aa" })).IsDone);
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        await using var right = new Bench(_time, _upstream, ["ecb"], store: _store);
        var (_, _, report) = await CommandAsync(right, "cc", new());

        Assert.Equal(days, report!.Changes.Select(change => change.Read.AsOf));
        Assert.All(report.Changes, change => Assert.Equal(change.Stored * 1.25m, change.Read.Rate));
    }

    [Fact]
    public async Task What_came_later_from_elsewhere_and_what_was_refused_is_left_alone()
    {
        var days = await PublishTenDaysAsync([]);
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        var released = new Observation(days[2], Zloty, 4.5m, RateKind.Reference);
        await _store.Calls.UpsertHistoryAsync("ecb", [released], _time.GetUtcNow(), Token);
        await using var faulty = new Bench(_time, _upstream, ["ecb"], Fault, _store);
        var kept = (await faulty.Get<Replay>().RunAsync("ecb", days[5], days[5], store: false, Token)).Changes[0].Read;
        await _store.Calls.QuarantineAsync(new("1-1", _time.GetUtcNow(), "ecb", _time.GetUtcNow(), ["too far"], "", [kept]), Token);

        var report = await faulty.Get<Replay>().RunAsync("ecb", First, Today, store: false, Token);

        Assert.Equal(days.Where(day => day != days[2] && day != days[5]), report.Changes.Select(change => change.Read.AsOf));
    }

    [Fact]
    public async Task A_slot_that_came_due_is_still_due_after_a_replay()
    {
        await PublishTenDaysAsync(Fault);
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        var checkedAt = (await mended.SheetAsync("ecb"))!.CheckedAt;

        await mended.Get<Replay>().RunAsync("ecb", First, Today, store: true, Token);

        Assert.InRange((await mended.StateAsync("ecb")).Done!.Value, checkedAt.AddMilliseconds(-1), checkedAt.AddMilliseconds(2));
        Assert.Equal(checkedAt, (await mended.SheetAsync("ecb"))!.CheckedAt);
    }

    [Fact]
    public async Task Without_stored_bodies_a_replay_says_so()
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], new() { ["Rates:Evidence:KeepDays"] = "0" }, _store);

        var (isDone, message, _) = await CommandAsync(worker, "aa", new());

        Assert.False(isDone);
        Assert.Contains("Rates:Evidence:KeepDays is 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_rightly_shows_no_change()
    {
        await PublishTenDaysAsync([]);
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);

        var report = await worker.Get<Replay>().RunAsync("ecb", First, Today, store: true, Token);

        Assert.Equal((10, 0, 0), (report.Sheets, report.Changes.Count, report.StoredDays));
    }

    [Fact]
    public async Task The_stored_bytes_are_those_of_the_source_and_nothing_holds_the_key()
    {
        const string Canary = "canary-7f3a91";
        var settings = new Dictionary<string, string?>
        {
            ["Rates:Providers:ecb:Headers:X-Api-Key"] = Canary,
        };
        await PublishTenDaysAsync(settings);
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        var evidence = worker.Get<IEvidence>();

        var sheets = await evidence.ListAsync("ecb", Token);
        var answer = Assert.Single(sheets[^1].Bodies);
        var bytes = await evidence.ReadBodyAsync(answer.Digest, Token);

        Assert.Equal(10, sheets.Count);
        Assert.Equal((await worker.SheetAsync("ecb"))!.Version, sheets[^1].Version);
        Assert.Equal(EcbDocument.Of(sheets[^1].Today, 1.01m).Body, bytes!.Value.ToArray());
        Assert.Contains("eurofxref", answer.Address, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(_store.Folder, "evidence"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static decimal Rate(StoredDay day) => day.Figures.Single(figure => figure.Pair == Zloty).Rate;

    private static async Task<(bool IsDone, string Message, ReplayReport? Report)> CommandAsync(Bench worker, string id, Days days)
    {
        OperatorCommand command = new()
        {
            Kind = CommandKind.Replay,
            Provider = "ecb",
            By = "test",
            CreatedAt = default,
            From = days.From,
            To = days.To,
            Shown = days.Shown,
        };
        var (isDone, message) = await worker.Get<CommandActions>().RunAsync(id, command, _ => { }, Token);
        return (isDone, message, await worker.Get<IEvidence>().ReadReplayAsync("ecb", id, Token));
    }

    private sealed record Days(DateOnly? From = null, DateOnly? To = null, string? Shown = null);

    /// <summary>Publishes ten working days, one sheet each, and returns the days.</summary>
    private async Task<IReadOnlyList<DateOnly>> PublishTenDaysAsync(Dictionary<string, string?> settings)
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], settings, _store);
        List<DateOnly> days = [];
        while (days.Count < 10)
        {
            if (Today.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                // Another figure each day: the same figures under a new day are suspect.
                days.Add(Today);
                _upstream["ecb"].Serve(EcbDocument.Of(Today, 1m + days.Count * 0.001m));
                await worker.AlarmAsync("ecb");
                Assert.Equal(Today, (await worker.SheetAsync("ecb"))?.AsOf);
            }

            _time.Advance(TimeSpan.FromDays(1));
        }

        return days;
    }
}
