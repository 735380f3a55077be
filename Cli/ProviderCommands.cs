using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>
/// Builds the commands <c>rates providers</c>, which list providers and their state, and add or remove those that operators declare without
/// code.
/// </summary>
internal static class ProviderCommands
{
    private const string Declarations = "/v1/ops/declared";

    // Of a declaration that has no key yet.
    private const string NoKey = "trial";

    private static readonly (string, string)[] Lines =
    [
        ("provider", "provider"), ("name", "name"), ("retired", "retired"), ("file", "file"), ("by", "by"), ("at", "at"),
        ("revision", "revision"), ("block", "block"),
    ];

    /// <summary>The list, with the commands for declared providers.</summary>
    public static Command Of(CommandBuilder builder)
    {
        var list = builder.Command("providers", "Providers and how they stand", [], async (service, output, _, token) =>
        {
            output.Write(
                await service.GetAsync("/v1/providers", token),
                ("key", "key"), ("name", "name"), ("status", "status"), ("as of", "asOf"), ("fetched", "fetchedAt"),
                ("failures", "health.failures"), ("reason", "reason"));
            return ExitCodes.Done;
        });
        list.Add(builder.Command("declared", "Providers that operators declared", [], async (service, output, _, token) =>
        {
            output.Write(
                await service.GetAsync(Declarations, token), ("provider", "provider"), ("name", "name"), ("retired", "retired"),
                ("file", "file"), ("by", "by"), ("at", "at"), ("revision", "revision"));
            return ExitCodes.Done;
        }));
        list.Add(Show(builder));
        list.Add(Try(builder));
        list.Add(Declare(builder));
        list.Add(Retire(builder));
        return list;
    }

    private static Command Show(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("show", "One declaration", [provider], async (service, output, parsed, token) =>
        {
            output.WriteOne(await service.GetAsync(Path(parsed.GetRequiredValue(provider)), token), Lines);
            return ExitCodes.Done;
        });
    }

    private static Command Try(CommandBuilder builder)
    {
        var file = File();
        var key = new Option<string?>("--key") { Description = "The key that it is to have; trial when left out" };
        var body = new Option<string?>("--body") { Description = "File with an answer of the source; the source is asked when left out" };
        var type = new Option<string?>("--content-type") { Description = "Content type of that answer" };
        var day = new Option<string?>("--day") { Description = "The day to ask for, such as 2026-01-31; today when left out" };
        return builder.Command(
            "try", "Shows what a declaration reads, or what does not fit and where; nothing is stored", [file, key, body, type, day],
            async (service, output, parsed, token) =>
            {
                var asked = new JsonObject { ["block"] = await BlockAsync(parsed.GetRequiredValue(file), token) };
                Add(asked, "contentType", parsed.GetValue(type));
                Add(asked, "day", parsed.GetValue(day));
                if (parsed.GetValue(body) is { } path)
                {
                    asked["base64"] = Convert.ToBase64String(await ReadAsync("--body", path, token));
                }

                return Shown(
                    output, await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetValue(key) ?? NoKey)}/dry-run", asked, null, token));
            });
    }

    private static Command Declare(CommandBuilder builder)
    {
        var (provider, file) = (CommandBuilder.Provider(), File());
        var revision = new Option<long?>("--revision")
        {
            Description = "The revision that was seen, 0 for none; the stored one is taken when left out",
        };
        return builder.Command(
            "declare", "Declares a provider, or replaces its declaration", [provider, file, revision],
            async (service, output, parsed, token) =>
            {
                var key = parsed.GetRequiredValue(provider);
                var block = await BlockAsync(parsed.GetRequiredValue(file), token);
                var seen = parsed.GetValue(revision) ?? await RevisionAsync(service, key, token);
                output.WriteOne(await service.SendAsync(HttpMethod.Put, Path(key), block, seen, token), Lines.AsSpan(0, Lines.Length - 1));
                return ExitCodes.Done;
            });
    }

    private static Command Retire(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("retire", "Asks a declared provider no more; its history stays", [provider],
            async (service, output, parsed, token) =>
            {
                var key = parsed.GetRequiredValue(provider);
                var revision = (await service.GetAsync(Path(key), token)).GetProperty("revision").GetInt64();
                output.WriteOne(
                    await service.SendAsync(HttpMethod.Delete, Path(key), null, revision, token), Lines.AsSpan(0, Lines.Length - 1));
                return ExitCodes.Done;
            });
    }

    private static int Shown(Output output, JsonElement tried)
    {
        output.WriteOne(
            tried, ("worker", "worker"), ("requests", "requests"), ("does not fit", "failure"), ("figures", "count"));
        if (!output.AsJson)
        {
            output.Write(
                tried.GetProperty("figures"), ("day", "asOf"), ("pair", "pair"), ("rate", "rate"), ("kind", "kind"));
            WriteRows(output, "rows that cannot be read", tried.GetProperty("oddRows"));
            WriteRows(output, "figures that would be refused", tried.GetProperty("refused"));
        }

        return Output.Text(tried, "failure").Length > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static void WriteRows(Output output, string heading, JsonElement rows)
    {
        if (rows.GetArrayLength() > 0)
        {
            output.Say($"{heading}:");
            output.Write(rows, ("place", "place"), ("reason", "reason"));
        }
    }

    private static async Task<long> RevisionAsync(RatesService service, string key, CancellationToken cancellationToken) =>
        (await service.GetAsync(Declarations, cancellationToken)).EnumerateArray()
            .Where(one => Output.Text(one, "provider") == key).Select(one => one.GetProperty("revision").GetInt64()).FirstOrDefault();

    private static async Task<JsonObject> BlockAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await ReadAsync("file", path, cancellationToken)) as JsonObject
                ?? throw new CommandException(ExitCodes.Usage, $"file '{path}' holds no JSON object");
        }
        catch (JsonException wrong)
        {
            throw new CommandException(ExitCodes.Usage, $"file '{path}' is not JSON: {wrong.Message}");
        }
    }

    private static async Task<byte[]> ReadAsync(string option, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCodes.Usage, string.Create(CultureInfo.InvariantCulture, $"{option} '{path}' cannot be read: {unreadable.Message}"));
        }
    }

    private static void Add(JsonObject asked, string member, string? value)
    {
        if (value is not null)
        {
            asked[member] = value;
        }
    }

    private static Argument<string> File() => new("file") { Description = "File with the declaration, a JSON object" };

    private static string Path(string provider) => $"{Declarations}/{Uri.EscapeDataString(provider)}";
}
