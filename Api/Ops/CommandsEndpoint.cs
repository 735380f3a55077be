using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/commands</c> and the routes by which operators give commands to workers. A command is answered with 202; its state
/// tells the rest.
/// </summary>
internal sealed class CommandsEndpoint(CommandStore commandStore, CurrentBook current, TimeProvider time)
{
    private const int LongestReason = 500;

    /// <summary>Lists commands, newest first.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var commands = await commandStore.ReadAsync(context.RequestAborted);
        IReadOnlyList<CommandView> views = [.. commands.Reverse().Select(entry => new CommandView(entry.Key, entry.Value.Value))];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListCommandView);
    }

    /// <summary>Shows one.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var command = (await commandStore.ReadAsync(context.RequestAborted)).GetValueOrDefault(id)
            ?? throw Unknown(id);
        await OpsHttp.SendAsync(context, new(id, command.Value), OpsFormat.Json.CommandView);
    }

    /// <summary>404: there is no such command.</summary>
    public static ProblemException Unknown(string id) =>
        ProblemException.Unknown("id", id, "is no command; GET /v1/ops/commands lists them");

    /// <summary>Fetches a provider now.</summary>
    public Task RunAsync(HttpContext context) => AskAsync(context, New(context, CommandKind.Run));

    /// <summary>Lets a provider be asked again that failures hold back.</summary>
    public Task ClearHoldAsync(HttpContext context) => AskAsync(context, New(context, CommandKind.ClearHold));

    /// <summary>Fetches days of the past.</summary>
    public async Task BackfillAsync(HttpContext context)
    {
        var command = New(context, CommandKind.Backfill);
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.BackfillRequest);
        var first = current.Book.Find(command.Provider)?.Stored.Profile.HistoryFrom
            ?? throw ProblemException.BadValue("provider", command.Provider, "serves no history");
        if (asked.To < asked.From)
        {
            throw ProblemException.BadValue("to", asked.To.ToText(), $"lies before from, {asked.From.ToText()}");
        }

        if (asked.To < first)
        {
            throw ProblemException.BadValue(
                "to", asked.To.ToText(), $"lies before the first day that this provider serves, {first.ToText()}");
        }

        await AskAsync(context, command with { From = asked.From, To = asked.To });
    }

    /// <summary>Publishes the figures of a refused sheet.</summary>
    public Task ReleaseAsync(HttpContext context) => AskAboutEntryAsync(context, CommandKind.Release);

    /// <summary>Takes a refused sheet off the list.</summary>
    public Task DiscardAsync(HttpContext context) => AskAboutEntryAsync(context, CommandKind.Discard);

    private async Task AskAboutEntryAsync(HttpContext context, CommandKind kind)
    {
        var command = New(context, kind);
        var reason = (await OpsHttp.ReadAsync(context, OpsFormat.Json.ReasonRequest)).Reason.Trim();
        if (reason.Length is 0 or > LongestReason || !OpsHttp.IsPlain(reason))
        {
            throw ProblemException.BadValue("reason", reason, $"is not a reason of 1 to {LongestReason} characters");
        }

        await AskAsync(context, command with { Entry = (string)context.Request.RouteValues["id"]!, Reason = reason });
    }

    // From the path of the request back to /v1/ops/. A proxy may have taken a prefix off that path, so no path from the root is right.
    private static string BackToOps(string path) => string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/') - 3));

    /// <summary>A command of the caller to the provider that the route names.</summary>
    /// <exception cref="ProblemException">404: no provider has that key.</exception>
    public OperatorCommand New(HttpContext context, CommandKind kind) => new()
    {
        Kind = kind,
        Provider = RouteProvider.Of(context, current.Book),
        By = Caller.Of(context).Name,
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>Queues a command and answers 202 with the path of its state.</summary>
    /// <exception cref="ProblemException">429: too many wait already.</exception>
    public async Task AskAsync(HttpContext context, OperatorCommand command)
    {
        if (await commandStore.AskAsync(command, context.RequestAborted) is not { } id)
        {
            context.Response.Headers.RetryAfter = "10";
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests, $"{CommandStore.MostOpen} commands wait already; is a worker running?");
        }

        context.Response.Headers.Location = $"{BackToOps(context.Request.Path.Value!)}commands/{id}";
        await OpsHttp.SendAsync(context, new(id, command), OpsFormat.Json.CommandView, status: StatusCodes.Status202Accepted);
    }
}
