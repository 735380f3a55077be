namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private static OperatorCommand RunNow => new() { Kind = CommandKind.Run, Provider = Ecb, By = "anna", CreatedAt = Now };

    [Fact]
    public async Task A_command_is_taken_by_one_worker_of_eight()
    {
        var id = await new CommandStore(Documents).AskAsync(RunNow, Token);
        var seen = (await new CommandStore(Documents).ReadAsync(Token))[id!];

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var commandStore = new CommandStore(Rig.Another().Documents);
            return await commandStore.UpdateAsync(
                id!, seen.Revision, seen.Value with { State = CommandState.Running, Worker = $"worker-{worker}" }, Token) is not null;
        }));

        Assert.Single(taken, isTaken => isTaken);
        var running = (await new CommandStore(Documents).ReadAsync(Token))[id!].Value;
        Assert.Equal((CommandState.Running, $"worker-{Array.IndexOf(taken, true)}"), (running.State, running.Worker));
        Assert.Equal(("command", Ecb, "run now"), Noted((await Documents.ReadChangesAsync(10, Token)).Single()));
    }

    [Fact]
    public async Task Commands_are_read_in_the_order_they_were_asked_in_as_they_were_asked()
    {
        var commandStore = new CommandStore(Documents);
        var backfill = RunNow with { Kind = CommandKind.Backfill, From = new(2020, 1, 1), To = new(2020, 2, 1), Reason = "gap" };

        string?[] ids =
        [
            await commandStore.AskAsync(backfill, Token),
            await commandStore.AskAsync(RunNow with { CreatedAt = Now.AddSeconds(1) }, Token),
        ];

        Assert.Equal(ids, (await commandStore.ReadAsync(Token)).Keys);
        Assert.Equal(backfill, (await commandStore.ReadAsync(Token))[ids[0]!].Value);
    }

    [Fact]
    public async Task Too_many_open_commands_are_refused_and_ended_ones_are_forgotten_in_time()
    {
        var commandStore = new CommandStore(Documents);
        for (var asked = 0; asked < CommandStore.MostOpen; asked++)
        {
            Assert.NotNull(await commandStore.AskAsync(RunNow, Token));
        }

        Assert.Null(await commandStore.AskAsync(RunNow, Token));
        for (var round = 0; round < 3; round++)
        {
            foreach (var (id, command) in await commandStore.ReadAsync(Token))
            {
                await commandStore.UpdateAsync(id, command.Revision, command.Value with { State = CommandState.Done }, Token);
            }

            for (var asked = 0; asked < CommandStore.MostOpen; asked++)
            {
                await commandStore.AskAsync(RunNow, Token);
            }
        }

        Assert.InRange((await commandStore.ReadAsync(Token)).Count, CommandStore.MostOpen + 100, CommandStore.MostOpen + 200);
    }

    [Fact]
    public async Task A_hold_that_is_cleared_holds_nothing()
    {
        var claim = await GrantedAsync(Ecb);
        await Store.FinishAsync(claim, GivenUp with { NotBefore = Now.AddHours(1) }, Token);
        Assert.Equal(ClaimVerdict.HeldBack, (await Store.ClaimAsync(Ecb, NextSlot(), Terms, Token)).Verdict);

        await Store.ClearHoldAsync(Ecb, Token);

        var state = await FetchStateAsync(Ecb, Token);
        Assert.Equal((0, null), (state.Failures, state.NotBefore));
        await GrantedAsync(Ecb);
    }

    [Fact]
    public async Task A_refused_sheet_is_taken_off_the_list_by_its_id()
    {
        await Store.QuarantineAsync(new("1", Now, Ecb, Now, ["too far"], "body", []), Token);
        await Store.QuarantineAsync(new("2", Now, Ecb, Now, ["too far"], "body", []), Token);

        Assert.True(await Store.RemoveAsync(Ecb, "1", Token));
        Assert.False(await Store.RemoveAsync(Ecb, "1", Token));
        Assert.False(await Store.RemoveAsync("nbp", "2", Token));

        Assert.Equal("2", Assert.Single(await Store.ReadQuarantineAsync(Ecb, Token)).Id);
    }

    private static (string What, string Subject, string To) Noted(AuditEntry change) =>
        (change.Note.What, change.Note.Subject, change.Note.To);
}
