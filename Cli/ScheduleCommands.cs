using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Cli;

/// <summary>
/// Builds the commands <c>rates schedules</c>, which shows and changes when providers are fetched, and <c>rates backfill</c>, which fetches
/// their history.
/// </summary>
internal static class ScheduleCommands
{
    private const string Schedules = "/v1/ops/schedules";
    private const int ResetLooks = 15;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private static readonly (string, string)[] Lines =
        [("provider", "provider"), ("cron", "cron"), ("every", "every"), ("zone", "zone"), ("enabled", "enabled"),
            ("least gap", "minimumGap"), ("revision", "revision"), ("set by", "by"), ("at", "at"),
            ("problem of an edit by hand, which is not used", "problem")];

    /// <summary>The group.</summary>
    public static Command Of(CommandBuilder builder) => CommandBuilder.Group(
        "schedules", "When providers are asked",
        builder.Command("list", "Every schedule", [], async (service, output, _, token) =>
        {
            output.Write(
                await service.GetAsync(Schedules, token),
                ("provider", "provider"), ("cron", "cron"), ("every", "every"), ("zone", "zone"), ("enabled", "enabled"), ("set by", "by"),
                ("revision", "revision"));
            return ExitCodes.Done;
        }),
        Get(builder),
        Set(builder, "set", "Changes a schedule; what is left out stays", isPreview: false),
        Set(builder, "preview", "Shows when a changed schedule would be due, and changes nothing", isPreview: true),
        Post(builder, "pause", "Stops asking a provider"),
        Post(builder, "resume", "Asks a provider again"),
        Reset(builder),
        Worked(builder, "run", "Fetches a provider now"),
        Worked(builder, "clear-hold", "Asks a provider again that failures hold back"));

    /// <summary>Fetches history.</summary>
    public static Command Backfill(CommandBuilder builder)
    {
        var (provider, from, to) = (
            CommandBuilder.Provider(), Day("--from", "First day, such as 2020-01-31"), Day("--to", "Last day, included"));
        return builder.Command("backfill", "Fetches a provider's history of some days, with progress", [provider, from, to],
            async (service, output, parsed, token) =>
        {
            var body = new JsonObject
            {
                ["from"] = CommandBuilder.Text(parsed.GetRequiredValue(from)),
                ["to"] = CommandBuilder.Text(parsed.GetRequiredValue(to)),
            };
            var asked = await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetRequiredValue(provider))}/backfill", body, null, token);
            return await CommandWait.ForAsync(service, output, asked, token);
        });
    }

    private static Command Get(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("get", "One schedule, with its next ten instants", [provider], async (service, output, parsed, token) =>
            Shown(output, await service.GetAsync(Path(parsed.GetRequiredValue(provider)), token)));
    }

    private static Command Set(CommandBuilder builder, string name, string description, bool isPreview)
    {
        var provider = CommandBuilder.Provider();
        var cron = new Option<string?>("--cron") { Description = "Cron expression: six fields, seconds first, or five" };
        var every = new Option<string?>("--every") { Description = "A fixed interval instead, such as 00:15:00" };
        var zone = new Option<string?>("--zone") { Description = "IANA time zone of the expression" };
        var gap = new Option<string?>("--gap") { Description = "Least time between two fetches, such as 00:05:00" };
        var revision = new Option<long?>("--revision")
        {
            Description = "The revision that was seen; the stored one is taken when left out",
        };
        return builder.Command(name, description, isPreview
            ? [provider, cron, every, zone, gap]
            : [provider, cron, every, zone, gap, revision], async (service, output, parsed, token) =>
        {
            var body = new JsonObject();
            foreach (var (member, value) in new[] { ("cron", parsed.GetValue(cron)), ("every", parsed.GetValue(every)),
                ("zone", parsed.GetValue(zone)), ("minimumGap", parsed.GetValue(gap)) })
            {
                if (value is not null)
                {
                    body[member] = value;
                }
            }

            if (body.Count == 0 && !isPreview)
            {
                throw new CommandException(ExitCodes.Usage, "nothing is to change: give --cron, --every, --zone or --gap");
            }

            var path = Path(parsed.GetRequiredValue(provider));
            return Shown(output, isPreview
                ? await service.SendAsync(HttpMethod.Post, $"{path}/preview", body, null, token)
                : await service.SendAsync(HttpMethod.Put, path, body, parsed.GetValue(revision)
                    ?? await RevisionAsync(service, path, token), token));
        });
    }

    private static Command Post(CommandBuilder builder, string name, string description)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command(name, description, [provider], async (service, output, parsed, token) =>
            Shown(output,
                await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetRequiredValue(provider))}/{name}", null, null, token)));
    }

    private static Command Reset(CommandBuilder builder)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command("reset", "Takes back what operators set: the shipped schedule is in force again", [provider],
            async (service, output, parsed, token) =>
        {
            var path = Path(parsed.GetRequiredValue(provider));
            var schedule = await service.SendAsync(HttpMethod.Delete, path, null, await RevisionAsync(service, path, token), token);

            // A worker puts the shipped schedule in place, within a second where one runs; the one before is not shown as if it stayed.
            for (var look = 0; look < ResetLooks && Output.Text(schedule, "reset") == "yes"; look++)
            {
                await Task.Delay(BetweenLooks, TimeProvider.System, token);
                schedule = await service.GetAsync(path, token);
            }

            if (Output.Text(schedule, "reset") == "yes")
            {
                output.Say("The shipped schedule is in force again as soon as a worker runs.");
                return ExitCodes.Done;
            }

            return Shown(output, schedule);
        });
    }

    private static Command Worked(CommandBuilder builder, string name, string description)
    {
        var provider = CommandBuilder.Provider();
        return builder.Command(name, description, [provider], async (service, output, parsed, token) => await CommandWait.ForAsync(
            service, output,
            await service.SendAsync(HttpMethod.Post, $"{Path(parsed.GetRequiredValue(provider))}/{name}", null, null, token), token));
    }

    private static async Task<long> RevisionAsync(RatesService service, string path, CancellationToken cancellationToken) =>
        (await service.GetAsync(path, cancellationToken)).GetProperty("revision").GetInt64();

    private static int Shown(Output output, JsonElement schedule)
    {
        output.WriteOne(schedule, Lines);
        if (!output.AsJson && schedule.TryGetProperty("next", out var next))
        {
            output.Write(next, ("next, UTC", "utc"), ("local", "local"));
        }

        return ExitCodes.Done;
    }

    private static string Path(string provider) => $"{Schedules}/{Uri.EscapeDataString(provider)}";

    private static Option<DateOnly> Day(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result => CommandBuilder.Day(name, result) ?? default,
    };
}
