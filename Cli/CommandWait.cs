using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>Waits until a worker has carried out an operator's command, and shows its progress in the console.</summary>
internal static class CommandWait
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits for the end, with a progress bar where there is a terminal.</summary>
    /// <param name="service">The service.</param>
    /// <param name="output">Where to tell.</param>
    /// <param name="asked">The service's answer to the command.</param>
    /// <param name="cancellationToken">Stops waiting; the command goes on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ForAsync(RatesService service, Output output, JsonElement asked, CancellationToken cancellationToken)
    {
        var ended = await EndAsync(service, output, asked, cancellationToken);
        output.WriteOne(ended, ("state", "command.state"), ("message", "command.message"), ("worker", "command.worker"));
        return Output.Text(ended, "command.state") == "done" ? ExitCodes.Done : ExitCodes.Refused;
    }

    /// <summary>Waits for the end and returns the command as it stands then, with a progress bar where there is a terminal.</summary>
    public static async Task<JsonElement> EndAsync(
        RatesService service, Output output, JsonElement asked, CancellationToken cancellationToken)
    {
        var id = Output.Text(asked, "id");
        return output.Console.Profile.Capabilities.Interactive && !output.AsJson
            ? await WithBarAsync(service, output, id, cancellationToken)
            : await FollowAsync(service, id, _ => { }, cancellationToken);
    }

    private static async Task<JsonElement> WithBarAsync(
        RatesService service, Output output, string id, CancellationToken cancellationToken) =>
        await output.Console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn()).StartAsync(
            async bar =>
            {
                var task = bar.AddTask("waiting for a worker");
                return await FollowAsync(
                    service, id,
                    command =>
                    {
                        task.Value = int.Parse(Output.Text(command, "command.percent"), CultureInfo.InvariantCulture);
                        task.Description = Markup.Escape(Output.Text(command, "command.message") is { Length: > 0 } said
                            ? said
                            : Output.Text(command, "command.state"));
                    },
                    cancellationToken);
            });

    private static async Task<JsonElement> FollowAsync(
        RatesService service, string id, Action<JsonElement> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            var command = await service.GetAsync($"/v1/ops/commands/{id}", cancellationToken);
            tell(command);
            if (Output.Text(command, "command.state") is "done" or "failed")
            {
                return command;
            }

            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }
    }
}
