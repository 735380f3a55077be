using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>
/// Builds the command <c>rates webhooks</c>, which shows, sets, pauses and tests the receivers of changes, and sends again what was given
/// up.
/// </summary>
internal static class WebhookCommands
{
    private const string Webhooks = "/v1/ops/webhooks";

    private static readonly (string, string)[] Lines =
    [
        ("name", "name"), ("origin", "origin"), ("address", "address"), ("events", "events"), ("providers", "providers"),
        ("paused", "paused"), ("waiting", "pending"), ("oldest waiting", "pendingSince"), ("next try", "nextTryAt"),
        ("given up", "deadLetters"), ("last delivery", "lastDelivery.at"), ("delivered", "lastDelivery.what"),
        ("last failure", "lastFailure.at"), ("failed", "lastFailure.what"), ("secret from file", "set.secret.file"),
        ("secret from variable", "set.secret.variable"), ("set by", "by"), ("at", "at"), ("revision", "revision"), ("problem", "problem"),
    ];

    /// <summary>The command <c>rates webhooks</c> with its subcommands.</summary>
    public static Command Of(CommandBuilder builder) => CommandBuilder.Group(
        "webhooks", "Receivers of changes",
        builder.Command("list", "Every receiver, and how it is doing", [], async (service, output, _, token) =>
        {
            output.Write(
                await service.GetAsync(Webhooks, token), ("name", "name"), ("origin", "origin"), ("address", "address"),
                ("paused", "paused"), ("waiting", "pending"), ("given up", "deadLetters"), ("last delivery", "lastDelivery.at"),
                ("last failure", "lastFailure.at"), ("reason", "lastFailure.what"));
            return ExitCodes.Done;
        }),
        Get(builder), Set(builder),
        Post(builder, "pause", "Posts nothing to a receiver: changes wait"),
        Post(builder, "resume", "Posts to a receiver again"),
        Remove(builder), Test(builder), DeadLetters(builder),
        Letter(builder, "send-again", "Has a message that was given up posted again", HttpMethod.Post, "/send-again", "is sent again"),
        Letter(builder, "discard", "Deletes a message that was given up", HttpMethod.Delete, "", "is deleted"));

    private static Command Get(CommandBuilder builder)
    {
        var name = Name();
        return builder.Command("get", "One receiver", [name], async (service, output, parsed, token) =>
            Shown(output, await service.GetAsync(Path(parsed.GetRequiredValue(name)), token)));
    }

    private static Command Set(CommandBuilder builder)
    {
        var name = Name();
        var address = new Option<string?>("--address") { Description = "Where changes are posted to; https, or an allowed host" };
        var addressFile = new Option<string?>("--address-file")
        {
            Description = "The file in the workers' secrets folder that holds the address, where that is a secret",
        };
        var addressVariable = new Option<string?>("--address-variable")
        {
            Description = "The workers' environment variable that holds the address",
        };
        var file = new Option<string?>("--secret-file")
        {
            Description = "The file in the workers' secrets folder that holds the secret to sign with",
        };
        var variable = new Option<string?>("--secret-variable") { Description = "The workers' environment variable that holds the secret" };
        var events = List("--events", "Changes that it is told, separated by commas: published, revised, stale, failed; '' for all");
        var providers = List("--providers", "Provider keys, separated by commas; '' for all");
        var revision = new Option<long?>("--revision")
        {
            Description = "The revision that was seen; the stored one is taken when left out",
        };
        return builder.Command(
            "set", "Adds a receiver, or changes one; what is left out stays",
            [name, address, addressFile, addressVariable, file, variable, events, providers, revision],
            async (service, output, parsed, token) =>
            {
                var path = Path(parsed.GetRequiredValue(name));
                var before = await FindAsync(service, parsed.GetRequiredValue(name), token);
                var body = before.TryGetProperty("set", out var set) ? JsonNode.Parse(set.GetRawText())!.AsObject() : [];
                Put(body, "address", parsed.GetValue(address), insteadOf: "addressFrom");
                Put(body, "addressFrom", Reference("file", parsed.GetValue(addressFile)), insteadOf: "address");
                Put(body, "addressFrom", Reference("variable", parsed.GetValue(addressVariable)), insteadOf: "address");
                Put(body, "secret", Reference("file", parsed.GetValue(file)));
                Put(body, "secret", Reference("variable", parsed.GetValue(variable)));
                Put(body, "events", Items(parsed.GetValue(events)));
                Put(body, "providers", Items(parsed.GetValue(providers)));
                var seen = parsed.GetValue(revision) ?? (before.TryGetProperty("revision", out var stored) ? stored.GetInt64() : 0);
                return Shown(output, await service.SendAsync(HttpMethod.Put, path, body, seen, token));
            });
    }

    private static Command Post(CommandBuilder builder, string what, string description)
    {
        var name = Name();
        return builder.Command(what, description, [name], async (service, output, parsed, token) =>
            Shown(output, await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetRequiredValue(name))}/{what}", null, null, token)));
    }

    private static Command Remove(CommandBuilder builder)
    {
        var name = Name();
        return builder.Command("remove", "Removes a receiver that operators set, with what waits for it", [name],
            async (service, output, parsed, token) =>
            {
                var path = Path(parsed.GetRequiredValue(name));
                var revision = (await service.GetAsync(path, token)).GetProperty("revision").GetInt64();
                await service.SendAsync(HttpMethod.Delete, path, null, revision, token);
                output.Say($"{parsed.GetRequiredValue(name)} is removed");
                return ExitCodes.Done;
            });
    }

    private static Command Test(CommandBuilder builder)
    {
        var name = Name();
        return builder.Command("test", "Sends a test at once and shows what the receiver answered", [name],
            async (service, output, parsed, token) =>
            {
                var result = await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetRequiredValue(name))}/test", null, null, token);
                output.WriteOne(
                    result, ("taken", "taken"), ("status", "status"), ("milliseconds", "milliseconds"), ("reason", "reason"),
                    ("delivery", "delivery"), ("worker", "worker"));
                return result.GetProperty("taken").GetBoolean() ? ExitCodes.Done : ExitCodes.Refused;
            });
    }

    private static Command DeadLetters(CommandBuilder builder)
    {
        var name = Name();
        return builder.Command("dead-letters", "Messages that a receiver did not take for a day", [name],
            async (service, output, parsed, token) =>
            {
                output.Write(
                    await service.GetAsync($"{Path(parsed.GetRequiredValue(name))}/dead-letters", token), ("id", "id"),
                    ("given up", "givenUpAt"), ("event", "event"), ("provider", "provider"), ("at", "at"), ("tries", "attempts"),
                    ("sent again", "sendAgain"), ("reason", "reason"));
                return ExitCodes.Done;
            });
    }

    private static Command Letter(
        CommandBuilder builder, string what, string description, HttpMethod method, string rest, string done)
    {
        var name = Name();
        var id = new Argument<string>("id") { Description = "Its id, as rates webhooks dead-letters shows it" };
        return builder.Command(what, description, [name, id], async (service, output, parsed, token) =>
        {
            var letter = Uri.EscapeDataString(parsed.GetRequiredValue(id));
            await service.SendAsync(
                method, $"{Path(parsed.GetRequiredValue(name))}/dead-letters/{letter}{rest}", null, null, token);
            output.Say($"{parsed.GetRequiredValue(id)} {done}");
            return ExitCodes.Done;
        });
    }

    // An undefined element where there is none of the name.
    private static async Task<JsonElement> FindAsync(RatesService service, string name, CancellationToken cancellationToken) =>
        (await service.GetAsync(Webhooks, cancellationToken)).EnumerateArray()
            .FirstOrDefault(one => Output.Text(one, "name") == name) is { ValueKind: JsonValueKind.Object } found
            ? found
            : JsonDocument.Parse("{}").RootElement;

    private static void Put(JsonObject body, string name, JsonNode? value, string? insteadOf = null)
    {
        if (value is null)
        {
            return;
        }

        body[name] = value;
        if (insteadOf is not null)
        {
            body.Remove(insteadOf);
        }
    }

    private static JsonObject? Reference(string kind, string? name) => name is null ? null : new() { [kind] = name };

    private static JsonArray? Items(string? list) =>
        list is null ? null : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static int Shown(Output output, JsonElement webhook)
    {
        output.WriteOne(webhook, Lines);
        return ExitCodes.Done;
    }

    private static Argument<string> Name() => new("name") { Description = "The webhook's name" };

    private static Option<string?> List(string name, string description) => new(name) { Description = description };

    private static string Path(string name) => $"{Webhooks}/{Uri.EscapeDataString(name)}";
}
