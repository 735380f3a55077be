using System.CommandLine;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>Builds the root command <c>rates</c> with all its subcommands and options.</summary>
internal static class RatesCommand
{
    /// <summary>Parses and runs. Returns one of <see cref="ExitCodes"/>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="console">Where answers are written to.</param>
    /// <param name="error">Where problems are written to.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static async Task<int> RunAsync(string[] args, IAnsiConsole console, TextWriter error, Func<string, string?> environment)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            // Where nobody looks, no line is cut or wrapped.
            console.Profile.Width = 10_000;
        }

        var parsed = Build(new Connection(environment), console).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync($"rates: {problem.Message}");
            }

            await error.WriteLineAsync("rates: see --help");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, Output = console.Profile.Out.Writer, Error = error },
                CancellationToken.None);
        }
        catch (CommandException problem)
        {
            await error.WriteLineAsync($"rates: {problem.Message}");
            return problem.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("rates: stopped; what was asked of workers goes on, see rates commands");
            return ExitCodes.Refused;
        }
    }

    /// <summary>Builds every command.</summary>
    public static RootCommand Build(Connection connection, IAnsiConsole console)
    {
        var root = new RootCommand("Looks at a Rates service and changes how it fetches, over its HTTP interface.");
        connection.AddTo(root);
        var builder = new CommandBuilder(connection, console);
        root.Add(ScheduleCommands.Of(builder));
        root.Add(ScheduleCommands.Backfill(builder));
        root.Add(ProviderCommands.Of(builder));
        root.Add(EndpointCommands.Of(builder));
        root.Add(ReplayCommands.Of(builder));
        root.Add(EvidenceCommands.Of(builder));
        root.Add(QuarantineCommands.Of(builder));
        root.Add(WebhookCommands.Of(builder));
        root.Add(ArchiveCommands.Export(builder));
        root.Add(ArchiveCommands.Import(builder));
        root.Add(AccessCommands.Keys(builder));
        root.Add(AccessCommands.Users(builder));
        foreach (var list in ListCommands.All(builder))
        {
            root.Add(list);
        }

        return root;
    }
}
