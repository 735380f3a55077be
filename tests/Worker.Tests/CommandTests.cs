using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What operators have workers do.</summary>
public sealed partial class CommandTests : IAsyncLifetime
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
