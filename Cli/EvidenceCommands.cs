using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Rates.Cli;

/// <summary>Builds the command <c>rates evidence</c>, which lists and downloads the original bytes behind published figures.</summary>
internal static class EvidenceCommands
{
    /// <summary>Builds the group.</summary>
    public static Command Of(CommandBuilder builder) => CommandBuilder.Group(
        "evidence", "The original bytes behind published sheets and back-fills", List(builder), Get(builder));

    private static Command List(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        var count = new Option<int>("--count") { Description = "How many sheets, newest first", DefaultValueFactory = _ => 20 };
        return builder.Command("list", "The published sheets and back-fills whose bytes are stored", [provider, count],
            async (service, output, parsed, token) =>
        {
            var key = Uri.EscapeDataString(parsed.GetRequiredValue(provider));
            output.Write(
                await service.GetAsync($"/v1/ops/evidence/{key}?count={parsed.GetValue(count)}", token),
                ("version", "version"), ("fetched", "fetchedAt"), ("back-fill", "backfill"), ("first day", "from"), ("last day", "to"),
                ("answers", "answers.length"));
            return ExitCodes.Done;
        });
    }

    private static Command Get(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        var version = new Argument<string>("version")
        {
            Description = "The sheet's version, as rates evidence list shows it or as an answer of rates gives it",
        };
        var folder = new Option<string>("--folder") { Description = "Where the bytes are written to", DefaultValueFactory = _ => "." };
        return builder.Command("get", "Writes the original bytes of a sheet to files and checks their digests", [provider, version, folder],
            async (service, output, parsed, token) =>
        {
            var (key, asked) = (parsed.GetRequiredValue(provider), parsed.GetRequiredValue(version));
            var sheet = await service.GetAsync($"/v1/evidence/{Uri.EscapeDataString(key)}/{Uri.EscapeDataString(asked)}", token);
            var name = $"{Output.Text(sheet, "provider")}-{Output.Text(sheet, "version")}";
            output.WriteOne(sheet, ("provider", "provider"), ("version", "version"), ("fetched", "fetchedAt"));
            foreach (var (number, answer) in sheet.GetProperty("answers").EnumerateArray().Index())
            {
                var from = $"{Output.Text(answer, "method")} {Output.Text(answer, "address")}";
                output.Say($"{from}, received {Output.Text(answer, "receivedAt")}");
                output.Say(await WriteAsync(service, answer, Path.Combine(parsed.GetRequiredValue(folder), $"{name}-{number}"), token));
            }

            return ExitCodes.Done;
        });
    }

    private static async Task<string> WriteAsync(RatesService service, JsonElement answer, string file, CancellationToken cancellationToken)
    {
        if (Output.Text(answer, "body") is not { Length: > 0 } path)
        {
            return "  its bytes are not stored, because they repeat a credential";
        }

        var bytes = await service.DownloadAsync(path, cancellationToken);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != Output.Text(answer, "sha256"))
        {
            throw new CommandException(ExitCodes.Refused, $"{path} has the SHA-256 {digest}, not {Output.Text(answer, "sha256")}");
        }

        try
        {
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
            return $"  {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes, SHA-256 {digest}, in {file}";
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"--folder: '{file}' cannot be written: {unwritable.Message}");
        }
    }
}
