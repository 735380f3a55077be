using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Architecture.Tests;

/// <summary>
/// Patterns that read names and queries have no limit of time. A machine that is held up exceeds any limit, and the exception would end the
/// process or the request; these patterns are short and take time in proportion to the text. Bodies of sources are another matter: there a
/// failed reading is an ordinary failure of the fetch.
/// </summary>
public sealed partial class PatternTests
{
    [Theory]
    [InlineData("Core")]
    [InlineData("Settings")]
    [InlineData("Store")]
    [InlineData("Telemetry")]
    [InlineData("Api")]
    [InlineData("Channels")]
    public void No_pattern_of_a_name_or_a_query_has_a_limit_of_time(string project)
    {
        var limited =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            from Match pattern in Patterns().Matches(File.ReadAllText(file))
            where !pattern.Value.Contains("Timeout.Infinite", StringComparison.Ordinal)
            select $"{file}: {pattern.Value}";

        Assert.Empty(limited);
    }

    [GeneratedRegex(@"\[GeneratedRegex\(.*?\)\]\s", RegexOptions.Singleline, Timeout.Infinite)]
    private static partial Regex Patterns();
}
