using Spectre.Console;

namespace Rates.Cli;

/// <summary>Entry point of the command-line program <c>rates</c>.</summary>
internal static class RatesProgram
{
    private static Task<int> Main(string[] args) => RatesCommand.RunAsync(
        args, AnsiConsole.Console, Console.Error, Environment.GetEnvironmentVariable);
}
