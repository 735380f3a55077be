using System.CommandLine;
using System.Text.Json;

namespace Rates.Cli;

/// <summary>
/// Builds the commands <c>rates runs</c>, <c>audit</c>, <c>workers</c>, <c>commands</c> and <c>me</c>, which print lists
/// and change nothing.
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
        yield return builder.Command("commands", "What operators had workers do", [], async (service, output, _, token) =>
            Shown(output, await service.GetAsync("/v1/ops/commands", token),
            ("at", "command.createdAt"), ("command", "command.kind"), ("provider", "command.provider"), ("by", "command.by"),
            ("state", "command.state"),
            ("percent", "command.percent"), ("message", "command.message")));
        yield return builder.Command("me", "Who is asking", [], async (service, output, _, token) =>
        {
            output.WriteOne(await service.GetAsync("/v1/ops/me", token), ("name", "name"), ("role", "role"));
            return ExitCodes.Done;
        });
    }

    private static int Shown(Output output, JsonElement elements, params ReadOnlySpan<(string Heading, string Path)> columns)
    {
        output.Write(elements, columns);
        return ExitCodes.Done;
    }
}
