using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/replay/{provider}</c> and <c>/v1/ops/commands/{id}/result</c>: has the stored documents of a source read
/// again with today's adapter, and shows the result. Workers do it, as only they have adapters.
/// </summary>
/// <param name="commands">Gives the command.</param>
/// <param name="commandStore">The commands.</param>
/// <param name="evidence">Null in a host without a store.</param>
internal sealed class ReplayEndpoint(CommandsEndpoint commands, CommandStore commandStore, IEvidence? evidence)
{
    /// <summary>
    /// Has a worker show what would change, or store exactly what an earlier replay has shown.
    /// </summary>
    public async Task AskAsync(HttpContext context)
    {
        var command = commands.New(context, CommandKind.Replay);
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.ReplayAsked);
        await commands.AskAsync(
            context, asked.Store is { } shown ? await StoreOfAsync(context, command, asked, shown) : ShowOf(command, asked));
    }

    /// <summary>Shows what a replay found.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var command = await FindAsync(id, context.RequestAborted) ?? throw CommandsEndpoint.Unknown(id);
        await OpsHttp.SendAsync(
            context, await ResultAsync(id, command, context.RequestAborted) ?? throw ProblemException.Unknown(
                "id", id, $"is the command {command.Kind} of {command.Provider} in the state {command.State}, which has no result"),
            OpsFormat.Json.ReplayView);
    }

    /// <summary>What a replay found; null while there is nothing, and for other commands.</summary>
    public async Task<ReplayView?> ResultAsync(string id, OperatorCommand command, CancellationToken cancellationToken) =>
        command.Kind == CommandKind.Replay && evidence is not null
            && await evidence.ReadReplayAsync(command.Provider, id, cancellationToken) is { } report
            ? ReplayView.Of(id, command, report)
            : null;

    private static OperatorCommand ShowOf(OperatorCommand command, ReplayAsked asked) => asked.To < asked.From
        ? throw ProblemException.BadValue("to", asked.To.Value.ToText(), $"lies before from, {asked.From.Value.ToText()}")
        : command with { From = asked.From, To = asked.To };

    private async Task<OperatorCommand> StoreOfAsync(HttpContext context, OperatorCommand command, ReplayAsked asked, string shown)
    {
        if (asked.From is not null || asked.To is not null)
        {
            throw ProblemException.BadParameter("store", "cannot be sent with from or to: it stores what that replay has shown");
        }

        var before = await FindAsync(shown, context.RequestAborted);
        return before is { Kind: CommandKind.Replay, State: CommandState.Done, Shown: null } && before.Provider == command.Provider
            ? command with { From = before.From, To = before.To, Shown = shown }
            : throw ProblemException.BadValue(
                "store", shown, $"is not the id of a replay of {command.Provider} that has shown its changes");
    }

    private async Task<OperatorCommand?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await commandStore.ReadAsync(cancellationToken)).GetValueOrDefault(id)?.Value;
}

/// <summary>
/// The body of an operator's request for a replay: the days whose stored documents are read again, and whether the result is stored.
/// </summary>
/// <param name="From">First day, included; all kept days without it.</param>
/// <param name="To">Last day, included; all kept days without it.</param>
/// <param name="Store">The id of a replay whose changes are to be stored; without it they are only shown.</param>
internal sealed record ReplayAsked(DateOnly? From = null, DateOnly? To = null, string? Store = null);

/// <summary>What a replay (reading stored documents of a source again) found, as the operators' route answers it.</summary>
/// <param name="Id">The id of its command.</param>
/// <param name="Provider">The provider.</param>
/// <param name="From">First day that was asked for.</param>
/// <param name="To">Last day that was asked for.</param>
/// <param name="Sheets">How many published sheets were read again.</param>
/// <param name="Changes">The figures that differ, oldest day first, then by pair.</param>
/// <param name="Problems">Sheets that could not be read again, each with its reason.</param>
/// <param name="StoredDays">How many days were changed.</param>
/// <param name="StoredAt">When the changes were stored; left out when they were only shown.</param>
internal sealed record ReplayView(
    string Id, string Provider, DateOnly? From, DateOnly? To, int Sheets, IReadOnlyList<ReplayChangeView> Changes,
    IReadOnlyList<string> Problems, int StoredDays, DateTimeOffset? StoredAt)
{
    /// <summary>A report's view.</summary>
    public static ReplayView Of(string id, OperatorCommand command, ReplayReport report) => new(
        id, command.Provider, command.From, command.To, report.Sheets,
        [
            .. report.Changes.Select(change => new ReplayChangeView(
                change.Read.AsOf, change.Read.Pair.ToString(), change.Read.Kind.ToString().ToLowerInvariant(), change.Stored,
                change.Read.Rate, change.Version)),
        ],
        report.Problems, report.StoredDays, report.StoredAt);
}

/// <summary>A rate that a replay reads otherwise than it is stored, as the operators' route answers it.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Pair">Its pair.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Stored">The rate in history; left out when history has none.</param>
/// <param name="Read">The rate as it is read now.</param>
/// <param name="Version">The version of the sheet whose body it is read from.</param>
internal sealed record ReplayChangeView(DateOnly Day, string Pair, string Kind, decimal? Stored, decimal Read, long Version);
