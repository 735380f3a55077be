using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What operators have workers do.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T18:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;
    private readonly CommandStore _book;

    public CommandTests()
    {
        _store = new TestStore(_time);
        _book = new CommandStore(_store.Documents);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _upstream["ecb"].Serve(
            EcbDocument.Of(
                Enumerable.Range(0, 85).Select(back => Day.AddDays(-back)).Where(
                    day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))), "eurofxref-hist-90d.xml");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Run_fetches_at_once_and_only_one_of_two_workers_does_it()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();

        var ended = await EndedAsync(await AskAsync(CommandKind.Run));

        Assert.Equal((CommandState.Done, "published, 12 figures are new", 100), (ended.State, ended.Message, ended.Percent));
        Assert.Equal(Day, (await one.SheetAsync("ecb"))!.AsOf);
        Assert.Single(_upstream.CallsOf("ecb"));
    }

    [Fact]
    public async Task Run_respects_a_hold_until_that_is_cleared()
    {
        await using var worker = await StartAsync();

        // Of this moment: no slot is due that the worker would fetch by itself once nothing holds it back.
        var claim = await _store.Calls.ClaimAsync(
            "ecb", _time.GetUtcNow(), new("other", TimeSpan.FromSeconds(5), TimeSpan.Zero, 8), Token);
        await _store.Calls.FinishAsync(claim, new(SlotDone: true, Failed: true, _time.GetUtcNow().AddHours(3), null, null, null), Token);
        _time.Advance(TimeSpan.FromMinutes(2));

        var refused = await EndedAsync(await AskAsync(CommandKind.Run));
        var cleared = await EndedAsync(await AskAsync(CommandKind.ClearHold));
        var done = await EndedAsync(await AskAsync(CommandKind.Run));

        Assert.Equal(CommandState.Failed, refused.State);
        Assert.Contains("clear the hold first", refused.Message, StringComparison.Ordinal);
        Assert.Equal((CommandState.Done, CommandState.Done), (cleared.State, done.State));
    }

    [Fact]
    public async Task A_released_sheet_is_published_and_leaves_the_list()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        var good = (await worker.SheetAsync("ecb"))!;
        Observation[] refused = [.. good.Observations.Select(figure => figure with { AsOf = Day.AddDays(1), Rate = figure.Rate * 2 })];
        await _store.Calls.QuarantineAsync(
            new("q1", _time.GetUtcNow(), "ecb", _time.GetUtcNow(), ["too far from before"], "", refused), Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        var ended = await EndedAsync(
            await AskAsync(CommandKind.Release, command => command with { Entry = "q1", Reason = "a devaluation" }));

        Assert.Equal((CommandState.Done, "12 figures were released"), (ended.State, ended.Message));
        var sheet = (await worker.SheetAsync("ecb"))!;
        Assert.Equal(refused.Select(figure => figure.Rate), sheet.Observations.Select(figure => figure.Rate));
        Assert.Empty(await _store.Calls.ReadQuarantineAsync("ecb", Token));
        Assert.Equal(12, (await _store.Calls.ReadHistoryAsync("ecb", Day.AddDays(1), Day.AddDays(1), Token)).Count);
        var again = await EndedAsync(await AskAsync(CommandKind.Release, command => command with { Entry = "q1", Reason = "again" }));
        Assert.Equal(CommandState.Failed, again.State);
    }

    [Fact]
    public async Task A_release_confirms_no_other_pair()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        var good = (await worker.SheetAsync("ecb"))!;
        Observation[] refused = [good.Observations[0] with { AsOf = Day.AddDays(1), Rate = good.Observations[0].Rate * 2 }];
        await _store.Calls.QuarantineAsync(
            new("q1", _time.GetUtcNow(), "ecb", _time.GetUtcNow(), ["too far from before"], "", refused), Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        var ended = await EndedAsync(await AskAsync(CommandKind.Release, command => command with { Entry = "q1", Reason = "right" }));

        Assert.Equal(CommandState.Done, ended.State);
        Assert.Equal(12, good.Unconfirmed!.Count);
        var newest = (await worker.SheetAsync("ecb"))!.Observations.GroupBy(figure => figure.Pair)
            .Select(pair => pair.MaxBy(figure => figure.AsOf));
        Assert.Equal(
            good.Unconfirmed.Where(pair => pair != refused[0].Pair),
            newest.Where(figure => figure.IsUnconfirmed).Select(figure => figure.Pair));
    }

    [Fact]
    public async Task A_release_replaces_no_figure_that_was_published_after_the_refusal()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        var good = (await worker.SheetAsync("ecb"))!;
        Observation[] refused = [.. good.Observations.Take(3).Select(figure => figure with { Rate = figure.Rate * 2 })];
        await _store.Calls.QuarantineAsync(
            new("q1", _time.GetUtcNow().AddHours(-1), "ecb", _time.GetUtcNow(), ["too far from before"], "", refused), Token);

        var ended = await EndedAsync(await AskAsync(CommandKind.Release, command => command with { Entry = "q1", Reason = "right" }));

        Assert.Equal(
            (CommandState.Failed, "nothing was released: a newer figure was published at 2026-11-20T18:05:00Z in version "
                + $"{good.Version} of epoch {good.Epoch}, after the refusal: {good.Observations[0]} (and 2 more). "
                + "Discard the sheet, or fetch the days again"),
            (ended.State, ended.Message));
        Assert.Equal(good.Observations, (await worker.SheetAsync("ecb"))!.Observations);
        Assert.Equal(good.Observations, await _store.Calls.ReadHistoryAsync("ecb", Day, Day, Token));
        Assert.Single(await _store.Calls.ReadQuarantineAsync("ecb", Token));
    }

    [Fact]
    public async Task A_release_takes_those_figures_that_are_not_replaced_and_names_the_others()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        var good = (await worker.SheetAsync("ecb"))!.Observations;
        Observation[] refused = [.. good.Take(2).Select(figure => figure with { AsOf = Day.AddDays(-3), Rate = figure.Rate * 2 })];
        Observation corrected = refused[1] with { Rate = good[1].Rate };
        await _store.Calls.UpsertHistoryAsync("ecb", [refused[0] with { Rate = 1 }], _time.GetUtcNow().AddDays(-2), Token);
        await _store.Calls.QuarantineAsync(
            new("history-1", _time.GetUtcNow().AddDays(-1), "ecb", _time.GetUtcNow(), ["revision"], "", refused), Token);
        await _store.Calls.UpsertHistoryAsync("ecb", [corrected], _time.GetUtcNow(), Token);

        var ended = await EndedAsync(
            await AskAsync(CommandKind.Release, command => command with { Entry = "history-1", Reason = "right" }));

        Assert.Equal(
            (CommandState.Done, "1 figure was released, 1 was not: a newer figure was published at 2026-11-20T18:05:00Z, "
                + $"after the refusal: {corrected}"),
            (ended.State, ended.Message));
        Assert.Equal(
            [(refused[0].Rate, false), (corrected.Rate, true)],
            (await _store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-3), Day.AddDays(-3), Token))
                .Select(figure => (figure.Rate, figure.IsUnconfirmed)));
        Assert.Empty(await _store.Calls.ReadQuarantineAsync("ecb", Token));
    }

    [Fact]
    public async Task A_released_correction_of_a_day_in_the_latest_sheet_changes_that_sheet_too()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        var good = (await worker.SheetAsync("ecb"))!.Observations;
        var corrected = good[0] with { Rate = good[0].Rate * 1.03m, IsUnconfirmed = false };
        _time.Advance(TimeSpan.FromSeconds(5));
        await _store.Calls.QuarantineAsync(
            new("history-1", _time.GetUtcNow().AddMinutes(1), "ecb", _time.GetUtcNow(), ["revision"], "", [corrected]), Token);

        var ended = await EndedAsync(
            await AskAsync(CommandKind.Release, command => command with { Entry = "history-1", Reason = "right" }));

        Assert.Equal((CommandState.Done, "1 figure was released"), (ended.State, ended.Message));
        Assert.Equal(corrected, (await worker.SheetAsync("ecb"))!.Observations[0]);
        Assert.Equal(corrected, (await _store.Calls.ReadHistoryAsync("ecb", Day, Day, Token))[0]);
    }

    [Fact]
    public async Task A_discarded_sheet_leaves_the_list_and_changes_no_figure()
    {
        await using var worker = await StartAsync();
        await _store.Calls.QuarantineAsync(new("q1", _time.GetUtcNow(), "ecb", _time.GetUtcNow(), ["not read"], "<html>", []), Token);

        var released = await EndedAsync(await AskAsync(CommandKind.Release, command => command with { Entry = "q1" }));
        var discarded = await EndedAsync(await AskAsync(CommandKind.Discard, command => command with { Entry = "q1" }));

        Assert.Equal((CommandState.Failed, CommandState.Done), (released.State, discarded.State));
        Assert.Empty(await _store.Calls.ReadQuarantineAsync("ecb", Token));
        Assert.Null(await worker.SheetAsync("ecb"));
    }

    [Fact]
    public async Task A_run_says_that_some_figures_were_refused_and_a_discarded_one_is_told_no_more()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        _time.Advance(TimeSpan.FromHours(1));
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(1)], (_, currency) => currency == "USD" ? 100m : 1m));

        var ended = await EndedAsync(await AskAsync(CommandKind.Run));
        var refused = await worker.HealthAsync("ecb");
        var entry = Assert.Single(await _store.Calls.ReadQuarantineAsync("ecb", Token));
        await EndedAsync(await AskAsync(CommandKind.Discard, command => command with { Entry = entry.Id, Reason = "wrong" }));
        var discarded = await worker.HealthAsync("ecb");
        _time.Advance(TimeSpan.FromHours(1));
        var again = await EndedAsync(await AskAsync(CommandKind.Run));

        Assert.Equal(CommandState.Done, ended.State);
        Assert.StartsWith(
            "published, 11 figures are new, 1 figure was refused and left out: 2026-11-21 EUR/USD 114.12 Reference: scale",
            ended.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (refused.Quarantined, refused.RefusedRows));
        Assert.Equal((0, 0), (discarded.Quarantined, discarded.RefusedRows));
        Assert.Empty(discarded.FirstRefusedRows);
        Assert.Equal(CommandState.Done, again.State);
        Assert.StartsWith("unchanged, 1 figure was refused and left out: 2026-11-21 EUR/USD", again.Message, StringComparison.Ordinal);
        Assert.Empty(await _store.Calls.ReadQuarantineAsync("ecb", Token));
        Assert.Equal((0, 0), (await worker.HealthAsync("ecb") is var last ? last.Quarantined : -1, last.RefusedRows));
    }

    [Fact]
    public async Task A_released_figure_is_marked_as_released_and_is_no_fetch()
    {
        await using var worker = await StartAsync();
        await EndedAsync(await AskAsync(CommandKind.Run));
        _time.Advance(TimeSpan.FromHours(1));
        _upstream["ecb"].Serve(EcbDocument.Of([Day.AddDays(1)], (_, currency) => currency == "USD" ? 100m : 1m));
        await EndedAsync(await AskAsync(CommandKind.Run));
        var fetched = await worker.HealthAsync("ecb");
        var entry = Assert.Single(await _store.Calls.ReadQuarantineAsync("ecb", Token));
        _time.Advance(TimeSpan.FromMinutes(30));

        await EndedAsync(await AskAsync(CommandKind.Release, command => command with { Entry = entry.Id, Reason = "right" }));

        var released = await worker.HealthAsync("ecb");
        Assert.Equal((fetched.LastAttemptAt, fetched.LastSuccessAt), (released.LastAttemptAt, released.LastSuccessAt));
        Assert.Equal((0, 0), (released.Quarantined, released.RefusedRows));
        var mark = new OddRow("2026-11-21 EUR/USD 114.12 Reference", $"released by anna at {IsoText.OfSeconds(_time.GetUtcNow())}");
        Assert.Equal([mark], released.FirstReleasedRows);
        var run = (await worker.RunsAsync())[0];
        Assert.Equal(("released", 1), (run.Outcome, run.Changes));
        Assert.Contains("by anna", run.Reason, StringComparison.Ordinal);

        // The mark stays while the figure does.
        _time.Advance(TimeSpan.FromHours(1));
        await EndedAsync(await AskAsync(CommandKind.Run));
        Assert.Equal([mark], (await worker.HealthAsync("ecb")).FirstReleasedRows);
        var sheet = (await worker.SheetAsync("ecb"))!;
        Assert.Equal([mark], RefusalDecision.StillIn(sheet, released));
        Assert.Empty(RefusalDecision.StillIn(
            sheet with { Observations = [.. sheet.Observations.Where(figure => figure.ToString() != mark.Place)] }, released));
    }

    [Fact]
    public async Task A_back_fill_fills_the_days_asked_for()
    {
        await using var worker = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(5));

        var ended = await EndedAsync(
            await AskAsync(CommandKind.Backfill, command => command with { From = Day.AddDays(-60), To = Day.AddDays(-31) }));

        Assert.True(ended.State == CommandState.Done, ended.Message);
        Assert.Equal((100, Day.AddDays(-60)), (ended.Percent, ended.Reached));
        var days = (
            await _store.Calls.ReadHistoryAsync("ecb", Day.AddDays(-90), Day, Token)).Select(figure => figure.AsOf).Distinct().ToList();
        Assert.Equal(22, days.Count);
        Assert.InRange(days.Min(), Day.AddDays(-60), Day.AddDays(-58));
        Assert.InRange(days.Max(), Day.AddDays(-33), Day.AddDays(-31));
    }

    [Fact]
    public async Task The_command_of_a_worker_that_died_is_carried_out_by_another()
    {
        var id = await AskAsync(CommandKind.Run);
        var queued = (await _book.ReadAsync(Token))[id];
        await _book.UpdateAsync(id, queued.Revision, queued.Value with { State = CommandState.Running, Worker = "dead" }, Token);
        await using var worker = await StartAsync();
        await Eventually.IsAsync(async () => (await _store.Calls.ReadWorkersAsync(Token)).Count > 0, () => "a beat", Token);

        await worker.PassAsync(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(1));

        Assert.Equal(CommandState.Done, (await EndedAsync(id)).State);
    }

    [Fact]
    public async Task A_provider_that_is_not_fetched_is_told()
    {
        await using var worker = await StartAsync();

        var ended = await EndedAsync(await AskAsync(CommandKind.Run, command => command with { Provider = "nbp" }));

        Assert.Equal((CommandState.Failed, "this installation does not fetch it"), (ended.State, ended.Message));
    }

    private async Task<Bench> StartAsync() => await (await new Bench(_time, _upstream, ["ecb"], store: _store).StartAsync()).ReadyAsync();

    private async Task<string> AskAsync(CommandKind kind, Func<OperatorCommand, OperatorCommand>? with = null)
    {
        var command = new OperatorCommand { Kind = kind, Provider = "ecb", By = "anna", CreatedAt = _time.GetUtcNow() };
        return (await _book.AskAsync(with?.Invoke(command) ?? command, Token))!;
    }

    private async Task<OperatorCommand> EndedAsync(string id)
    {
        var command = (await _book.ReadAsync(Token))[id].Value;
        await Eventually.IsAsync(async () => (command = (await _book.ReadAsync(Token))[id].Value).HasEnded, () => $"{command} ends", Token);
        return command;
    }
}
