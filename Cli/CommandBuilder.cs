using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>
/// Builds the commands of the program <c>rates</c> that send requests to the service, with their options and error handling.
/// </summary>
internal sealed class CommandBuilder(Connection connection, IAnsiConsole console)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>The work of a command; it returns one of <see cref="ExitCodes"/>.</summary>
    public delegate Task<int> Work(RatesService service, Output output, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>The argument that names the provider of a command.</summary>
    public static Argument<string> Provider() => new("provider") { Description = "The provider's key, such as ecb" };

    /// <summary>A day as the service reads it.</summary>
    public static string Text(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    /// <summary>Reads a day of the command line; null, with an error in the result, when it is none.</summary>
    /// <param name="name">The argument or option, for the error.</param>
    /// <param name="result">What was given; none is null without an error.</param>
    public static DateOnly? Day(string name, ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(result.Tokens[0].Value, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        result.AddError($"{name} '{result.Tokens[0].Value}' is not a day such as 2020-01-31");
        return null;
    }

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
