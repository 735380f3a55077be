using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>Builds the command <c>rates endpoints</c>, which shows and changes addresses, headers and keys of providers.</summary>
internal static class EndpointCommands
{
    private const string Endpoints = "/v1/ops/endpoints";

    private static readonly (string, string)[] Lines =
    [
        ("provider", "provider"), ("address", "inForce.address"), ("addresses", "inForce.addresses"), ("headers", "inForce.headers"),
        ("needs a key", "inForce.needsKey"), ("has its key", "inForce.hasKey"), ("problem", "inForce.problem"),
        ("allowed hosts", "inForce.allowedHosts"), ("set by operators", "set"), ("revision", "revision"),
    ];

    /// <summary>The group.</summary>
    public static Command Of(CommandBuilder builder) => CommandBuilder.Group(
        "endpoints", "Addresses, headers and keys of providers",
        builder.Command("list", "What operators set", [], async (service, output, _, token) =>
        {
            output.Write(
                await service.GetAsync(Endpoints, token), ("provider", "provider"), ("address", "set.address"),
                ("key from file", "set.key.file"), ("key from variable", "set.key.variable"), ("revision", "revision"));
            return ExitCodes.Done;
        }),
        Get(builder), Set(builder), Reset(builder));

    private static Command Get(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("get", "How a provider is reached", [provider], async (service, output, parsed, token) =>
            Shown(output, await service.GetAsync(Path(parsed.GetRequiredValue(provider)), token)));
    }

    private static Command Set(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        var address = new Option<string?>("--address") { Description = "The main address; it must be on an allowed host" };
        var addresses = Several("--also", "A further address, NAME=ADDRESS");
        var headers = Several("--header", "A header, NAME=VALUE; without a value it is not sent");
        var files = Several("--header-file", "A header with a secret, NAME=FILE; the file lies in the workers' secrets folder");
        var variables = Several("--header-variable", "A header with a secret, NAME=VARIABLE of the workers' environment");
        var keyFile = new Option<string?>("--secret-file") { Description = "The file in the workers' secrets folder that holds the key" };
        var keyVariable = new Option<string?>("--secret-variable") { Description = "The workers' environment variable that holds the key" };
        var preview = new Option<bool>("--preview") { Description = "Show what it would do, and change nothing" };
        var revision = new Option<long?>("--revision")
        {
            Description = "The revision that was seen; the stored one is taken when left out",
        };
        return builder.Command(
            "set", "Changes how a provider is reached; what is left out stays",
            [provider, address, addresses, headers, files, variables, keyFile, keyVariable, preview, revision],
            async (service, output, parsed, token) =>
            {
                var path = Path(parsed.GetRequiredValue(provider));
                var before = await service.GetAsync(path, token);
                var body = JsonNode.Parse(before.GetProperty("set").GetRawText())!.AsObject();
                if (parsed.GetValue(address) is { } main)
                {
                    body["address"] = main;
                }

                Put(body, "addresses", parsed.GetValue(addresses), text => text);
                Put(body, "headers", parsed.GetValue(headers), text => text);
                Put(body, "secretHeaders", parsed.GetValue(files), file => new JsonObject { ["file"] = file });
                Put(body, "secretHeaders", parsed.GetValue(variables), variable => new JsonObject { ["variable"] = variable });
                if (parsed.GetValue(keyFile) is { } file)
                {
                    body["key"] = new JsonObject { ["file"] = file };
                }

                if (parsed.GetValue(keyVariable) is { } variable)
                {
                    body["key"] = new JsonObject { ["variable"] = variable };
                }

                return Shown(output, parsed.GetValue(preview)
                    ? await service.SendAsync(HttpMethod.Post, $"{path}/preview", body, null, token)
                    : await service.SendAsync(
                        HttpMethod.Put, path, body, parsed.GetValue(revision) ?? before.GetProperty("revision").GetInt64(), token));
            });
    }

    private static Command Reset(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("reset", "Takes back what operators set: the provider is asked as it ships", [provider],
            async (service, output, parsed, token) =>
            {
                var path = Path(parsed.GetRequiredValue(provider));
                var revision = (await service.GetAsync(path, token)).GetProperty("revision").GetInt64();
                await service.SendAsync(HttpMethod.Delete, path, null, revision, token);
                output.Say($"{parsed.GetRequiredValue(provider)} is asked as it ships");
                return ExitCodes.Done;
            });
    }

    private static void Put(JsonObject body, string member, string[]? pairs, Func<string, JsonNode> value)
    {
        foreach (var pair in pairs ?? [])
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var text])
            {
                throw new CommandException(ExitCodes.Usage, $"'{pair}' is not of the form NAME=VALUE");
            }

            var members = body[member]?.AsObject() ?? [];
            members[name] = value(text);
            body[member] = members;
        }
    }

    private static int Shown(Output output, JsonElement endpoint)
    {
        output.WriteOne(endpoint, Lines);
        return ExitCodes.Done;
    }

    private static Option<string[]?> Several(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = false };

    private static string Path(string provider) => $"{Endpoints}/{Uri.EscapeDataString(provider)}";
}
