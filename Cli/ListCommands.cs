using System.CommandLine;
using System.Text.Json;

namespace Rates.Cli;

/// <summary>
/// Builds the commands <c>rates runs</c>, <c>audit</c>, <c>workers</c>, <c>channels</c>, <c>commands</c>, <c>watch</c> and <c>me</c>,
/// which print lists and change nothing.
/// </summary>
internal static class ListCommands
{
    /// <summary>Builds every command of this class.</summary>
    public static IEnumerable<Command> All(CommandBuilder builder)
    {
        var provider = new Option<string?>("--provider") { Description = "Only this provider's" };
        var count = new Option<int>("--count") { Description = "How many, newest first", DefaultValueFactory = _ => 20 };
        yield return builder.Command("runs", "The last fetches", [provider, count], async (service, output, parsed, token) =>
        {
            var filter = parsed.GetValue(provider) is { } key ? $"&provider={Uri.EscapeDataString(key)}" : "";
            return Shown(output, await service.GetAsync($"/v1/ops/runs?count={parsed.GetValue(count)}{filter}", token),
                ("at", "at"), ("provider", "provider"), ("outcome", "outcome"), ("changes", "changes"), ("duration", "duration"),
                ("worker", "worker"), ("reason", "reason"));
        });
        yield return builder.Command("audit", "Who changed what", [count], async (service, output, parsed, token) =>
            Shown(output, await service.GetAsync($"/v1/ops/audit?count={parsed.GetValue(count)}", token),
                ("at", "at"), ("by", "by"), ("what", "what"), ("subject", "subject"), ("from", "from"), ("to", "to")));
        yield return builder.Command("workers", "The workers and their last heartbeats", [], async (service, output, _, token) =>
            Shown(output, await service.GetAsync("/v1/ops/workers", token), ("worker", "id"), ("alive", "isAlive"),
                ("last heartbeat", "lastBeatAt")));
        yield return builder.Command("channels", "Transports other than HTTP, with their counts", [], async (service, output, _, token) =>
            Shown(output, await service.GetAsync("/v1/ops/channels", token), ("channel", "name"), ("type", "type"),
                ("address", "address"), ("open", "isOpen"), ("requests", "requests"), ("problems", "problems"), ("changes", "changes"),
                ("dead letters", "deadLetters"), ("failures", "failures"), ("last used", "lastUsedAt"), ("last failure", "lastFailure")));
        var id = new Argument<string?>("id") { Description = "Only this one", Arity = ArgumentArity.ZeroOrOne };
        yield return builder.Command("commands", "What operators had workers do", [id], async (service, output, parsed, token) =>
            parsed.GetValue(id) is { } one
                ? One(output, await service.GetAsync($"/v1/ops/commands/{Uri.EscapeDataString(one)}", token))
                : Shown(output, await service.GetAsync("/v1/ops/commands", token), Columns));
        yield return builder.Command("watch", "Prints what changes, as soon as it does, until it is stopped", [],
            async (service, output, _, token) =>
        {
            await service.FollowAsync("/v1/ops/events", what => output.Console.Profile.Out.Writer.WriteLine(what), token);
            return ExitCodes.Done;
        });
        yield return builder.Command("me", "Who is asking", [], async (service, output, _, token) =>
        {
            output.WriteOne(await service.GetAsync("/v1/ops/me", token), ("name", "name"), ("role", "role"));
            return ExitCodes.Done;
        });
    }

    private static readonly (string, string)[] Columns =
    [
        ("id", "id"), ("at", "command.createdAt"), ("command", "command.kind"), ("provider", "command.provider"), ("by", "command.by"),
        ("state", "command.state"), ("percent", "command.percent"), ("message", "command.message"),
    ];

    private static int One(Output output, JsonElement command)
    {
        output.WriteOne(command, Columns);
        return ExitCodes.Done;
    }

    private static int Shown(Output output, JsonElement elements, params ReadOnlySpan<(string Heading, string Path)> columns)
    {
        output.Write(elements, columns);
        return ExitCodes.Done;
    }
}
