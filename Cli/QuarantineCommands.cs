using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>
/// Builds the command <c>rates quarantine</c>, which lists, shows, releases and discards publications whose rates were refused.
/// </summary>
internal static class QuarantineCommands
{
    private const string Quarantine = "/v1/ops/quarantine";

    /// <summary>The command <c>rates quarantine</c> with its subcommands.</summary>
    public static Command Of(CommandBuilder builder) => CommandBuilder.Group(
        "quarantine", "Sheets that were refused, and why",
        List(builder),
        Show(builder),
        Decide(builder, "release", "Publishes the figures of a refused sheet"),
        Decide(builder, "discard", "Takes a refused sheet off the list"));

    private static Command List(CommandBuilder builder)
    {
        var provider = new Option<string?>("--provider") { Description = "Only this provider's" };
        return builder.Command("list", "Refused sheets, newest first", [provider], async (service, output, parsed, token) =>
        {
            var filter = parsed.GetValue(provider) is { } key ? $"?provider={Uri.EscapeDataString(key)}" : "";
            output.Write(
                await service.GetAsync(Quarantine + filter, token), ("provider", "provider"), ("id", "id"), ("at", "at"),
                ("figures", "count"), ("reasons", "reasons"));
            return ExitCodes.Done;
        });
    }

    private static Command Show(CommandBuilder builder)
    {
        var (provider, id) = (CommandBuilder.Provider(), Id());
        return builder.Command("show", "The refused figures of one sheet beside the last good ones", [provider, id],
            async (service, output, parsed, token) =>
        {
            var all = await service.GetAsync($"{Quarantine}?provider={Uri.EscapeDataString(parsed.GetRequiredValue(provider))}", token);
            var wanted = parsed.GetRequiredValue(id);
            var sheet = all.EnumerateArray().FirstOrDefault(one => Output.Text(one, "id") == wanted);
            if (sheet.ValueKind == JsonValueKind.Undefined)
            {
                throw new CommandException(
                    ExitCodes.Refused,
                    $"'{wanted}' is no refused sheet of {parsed.GetRequiredValue(provider)}; rates quarantine list shows them");
            }

            output.WriteOne(sheet, ("provider", "provider"), ("id", "id"), ("at", "at"), ("reasons", "reasons"));
            if (!output.AsJson)
            {
                output.Write(
                    sheet.GetProperty("figures"),
                    ("pair", "pair"), ("kind", "kind"), ("day", "asOf"), ("refused", "rate"), ("good day", "goodAsOf"),
                    ("good", "goodRate"), ("change %", "changePercent"), ("other providers", "others"));
            }

            return ExitCodes.Done;
        });
    }

    private static Command Decide(CommandBuilder builder, string name, string description)
    {
        var (provider, id) = (CommandBuilder.Provider(), Id());
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded", Required = true };
        return builder.Command(name, description, [provider, id, reason], async (service, output, parsed, token) =>
        {
            var (of, which) = (Uri.EscapeDataString(parsed.GetRequiredValue(provider)), Uri.EscapeDataString(parsed.GetRequiredValue(id)));
            var path = $"{Quarantine}/{of}/{which}/{name}";
            var asked = await service.SendAsync(
                HttpMethod.Post, path, new JsonObject { ["reason"] = parsed.GetRequiredValue(reason) }, null, token);
            return await CommandWait.ForAsync(service, output, asked, token);
        });
    }

    private static Argument<string> Id() => new("id") { Description = "The sheet's id, as rates quarantine list shows it" };
}
