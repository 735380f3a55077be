using System.CommandLine;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>Builds the commands of the command line that send requests to the service.</summary>
internal sealed class CommandBuilder(Connection connection, IAnsiConsole console)
{
    /// <summary>The work of a command; it returns one of <see cref="ExitCodes"/>.</summary>
    public delegate Task<int> Work(RatesService service, Output output, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>The argument that names the provider of a command.</summary>
    public static Argument<string> Provider() => new("provider") { Description = "The provider's key, such as ecb" };

    /// <summary>Builds a command that sends requests to the service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">For its help.</param>
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="work">What it does.</param>
    public Command Command(string name, string description, IReadOnlyList<Symbol> symbols, Work work)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Add(option);
            }
        }

        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using var service = connection.Open(parsed);
            return await work(service, new(console, connection.WantsJson(parsed)), parsed, cancellationToken);
        });
        return command;
    }

    /// <summary>Builds a command that has subcommands and does nothing itself.</summary>
    public static Command Group(string name, string description, params ReadOnlySpan<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }
}
