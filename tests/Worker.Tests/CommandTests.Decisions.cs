using Rates.Core;
using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>Release and discard of refused figures.</summary>
public sealed partial class CommandTests
{
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
}
