using System.Text.RegularExpressions;
using Rates.Cli;
using Rates.Testing;
using Spectre.Console;

namespace Rates.Api.Tests;

/// <summary>The commands that the documentation shows are commands of <c>rates</c>, with arguments and options that it takes.</summary>
public sealed partial class CliExampleTests
{
    [Fact]
    public void Every_command_of_the_documentation_can_be_given()
    {
        var root = RatesCommand.Build(new Connection(_ => null), AnsiConsole.Console);
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .SelectMany(file => BlockPattern().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            .SelectMany(block => block.Value.Split('\n')).Where(line => line.StartsWith("rates ", StringComparison.Ordinal)).ToList();

        Assert.True(lines.Count >= 30, $"{lines.Count} commands were found");
        Assert.All(lines, line => Assert.True(
            root.Parse(Words(line)) is { Errors.Count: 0 }, $"{line}: {string.Join("; ", root.Parse(Words(line)).Errors)}"));
    }

    // As a shell parts them: by spaces, but for those between quotes, up to a comment.
    private static string[] Words(string line) =>
        [.. WordPattern().Matches(line.Split(" #")[0]).Skip(1).Select(word => word.Value.Trim('\''))];

    [GeneratedRegex("```sh\n[^`]*```", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex BlockPattern();

    [GeneratedRegex("'[^']*'|[^ ]+", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex WordPattern();
}
