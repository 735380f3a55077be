using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>Makes commands that talk to the service.</summary>
internal sealed class CommandBuilder(Connection connection, IAnsiConsole console)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>What a command does.</summary>
    public delegate Task<int> Work(RatesService service, Output output, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>The provider that a command is about.</summary>
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

    /// <summary>A command.</summary>
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

    /// <summary>A command that only has others.</summary>
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
