using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>Builds the command <c>rates replay</c>, which has the stored documents of a source read again with today's adapter.</summary>
internal static class ReplayCommands
{
    /// <summary>The command.</summary>
    public static Command Of(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        var from = Day("from", "First day, such as 2026-11-01; every stored day when left out");
        var to = Day("to", "Last day, included");
        var store = new Option<bool>("--store") { Description = "Store what differs as revisions, after it was shown" };
        return builder.Command(
            "replay", "Reads stored bodies again with today's adapter and shows what would change", [provider, from, to, store],
            async (service, output, parsed, token) =>
        {
            var path = $"/v1/ops/replay/{Uri.EscapeDataString(parsed.GetRequiredValue(provider))}";
            var body = new JsonObject();
            foreach (var (name, day) in new[] { ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to)) })
            {
                if (day is { } one)
                {
                    body[name] = CommandBuilder.Text(one);
                }
            }

            var asked = await service.SendAsync(HttpMethod.Post, path, body, null, token);
            var shown = await EndAsync(service, output, asked, token);
            if (!parsed.GetValue(store) || shown.GetProperty("changes").GetArrayLength() == 0)
            {
                Show(output, shown);
                return ExitCodes.Done;
            }

            if (!output.AsJson)
            {
                Show(output, shown);
            }

            asked = await service.SendAsync(HttpMethod.Post, path, new JsonObject { ["store"] = Output.Text(asked, "id") }, null, token);
            var stored = await EndAsync(service, output, asked, token);
            if (output.AsJson)
            {
                Show(output, stored);
            }

            output.Say($"stored: {(Output.Text(stored, "storedDays") is var days && days == "1" ? "1 day" : $"{days} days")} changed");
            return ExitCodes.Done;
        });
    }

    private static async Task<JsonElement> EndAsync(RatesService service, Output output, JsonElement asked, CancellationToken token)
    {
        var ended = await CommandWait.EndAsync(service, output, asked, token);
        return Output.Text(ended, "command.state") == "done"
            ? await service.GetAsync($"/v1/ops/commands/{Output.Text(asked, "id")}/result", token)
            : throw new CommandException(ExitCodes.Refused, Output.Text(ended, "command.message"));
    }

    private static void Show(Output output, JsonElement result)
    {
        if (output.AsJson)
        {
            output.WriteOne(result);
            return;
        }

        var changes = result.GetProperty("changes");
        output.WriteOne(result, ("sheets read", "sheets"), ("problems", "problems"));
        output.Say(changes.GetArrayLength() switch
        {
            0 => "nothing differs",
            1 => "1 figure differs",
            var count => $"{count} figures differ",
        });
        if (changes.GetArrayLength() > 0)
        {
            output.Write(changes, ("day", "day"), ("pair", "pair"), ("kind", "kind"), ("stored", "stored"), ("read again", "read"));
        }
    }

    private static Argument<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => CommandBuilder.Day(name, result),
    };
}
