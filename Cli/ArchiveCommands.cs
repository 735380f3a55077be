using System.CommandLine;

namespace Rates.Cli;

/// <summary>
/// Builds the commands <c>rates export</c> and <c>rates import</c>, which back everything that was published up and move it to another
/// store.
/// </summary>
internal static class ArchiveCommands
{
    private const string Archive = "/v1/ops/archive";

    /// <summary>Makes <c>rates export</c>.</summary>
    public static Command Export(CommandBuilder builder)
    {
        var file = new Argument<string>("file") { Description = "File to write; it must not exist" };
        var provider = new Option<string?>("--provider") { Description = "Only these providers, separated by commas" };
        var (from, to) = (Day("--from", "First day"), Day("--to", "Last day"));
        return builder.Command(
            "export", "Writes all history and the newest sheets to a file, as NDJSON", [file, provider, from, to],
            async (service, output, parsed, token) =>
            {
                string?[] query =
                [
                    parsed.GetValue(provider) is { } keys ? $"provider={Uri.EscapeDataString(keys)}" : null,
                    parsed.GetValue(from) is { } first ? $"from={CommandBuilder.Text(first)}" : null,
                    parsed.GetValue(to) is { } last ? $"to={CommandBuilder.Text(last)}" : null,
                ];
                var path = parsed.GetRequiredValue(file);
                var lines = await DownloadAsync(service, $"{Archive}?{string.Join('&', query.OfType<string>())}", path, token);
                output.Say($"{path}: {lines} lines");
                return ExitCodes.Done;
            });
    }

    /// <summary>Makes <c>rates import</c>.</summary>
    public static Command Import(CommandBuilder builder)
    {
        var file = new Argument<string>("file") { Description = "File that rates export wrote" };
        return builder.Command(
            "import", "Takes history and sheets from a file; what the store has newer stays", [file],
            async (service, output, parsed, token) =>
            {
                var path = parsed.GetRequiredValue(file);
                await using var input = Open(path, FileMode.Open, FileAccess.Read);
                var result = await service.UploadAsync(Archive, input, "application/x-ndjson", token);
                output.WriteOne(
                    result, ("days taken", "taken.days"), ("sheets taken", "taken.sheets"), ("days kept", "kept.days"),
                    ("sheets kept", "kept.sheets"), ("lines refused", "refused"), ("the file is whole", "isWhole"));
                if (!output.AsJson && result.GetProperty("problems").GetArrayLength() > 0)
                {
                    output.Write(result.GetProperty("problems"), ("line", "line"), ("problem", "why"));
                }

                return result.GetProperty("refused").GetInt64() == 0 && result.GetProperty("isWhole").GetBoolean()
                    ? ExitCodes.Done
                    : ExitCodes.Refused;
            });
    }

    // Under another name until it is whole, so that a file of the wanted name is a whole archive.
    private static async Task<long> DownloadAsync(RatesService service, string path, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new CommandException(ExitCodes.Usage, $"'{file}' exists already");
        }

        var part = $"{file}.part";
        long lines;
        await using (var written = Open(part, FileMode.Create, FileAccess.Write))
        {
            lines = await service.CopyAsync(path, written, cancellationToken);
        }

        if (File.ReadLines(part).LastOrDefault()?.StartsWith("{\"kind\":\"end\"", StringComparison.Ordinal) != true)
        {
            throw new CommandException(ExitCodes.Unavailable, $"the answer was cut short; what arrived is in '{part}'");
        }

        File.Move(part, file);
        return lines;
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return new(path, mode, access);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"'{path}' cannot be opened: {unusable.Message}");
        }
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = $"{description}, such as 2026-01-31; all unless given",
        CustomParser = result => CommandBuilder.Day(name, result),
    };
}
