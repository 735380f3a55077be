using System.Text.RegularExpressions;

namespace Rates.Testing;

/// <summary>The table of metrics in <c>docs/watching.md</c>.</summary>
public static partial class MetricPage
{
    /// <summary>Each metric, under its name for Prometheus without the ends of a histogram's series, with its labels.</summary>
    public static Dictionary<string, string[]> Read() => Rows().ToDictionary(
        row => row.Groups["name"].Value,
        row => Quoted().Matches(row.Groups["labels"].Value).Select(label => label.Value.Trim('`')).ToArray(),
        StringComparer.Ordinal);

    /// <summary>The metrics that a program has, such as <c>Worker</c>.</summary>
    public static IReadOnlyList<string> Of(string program) =>
    [
        .. Rows().Where(row => row.Groups["from"].Value.Contains(program, StringComparison.Ordinal))
            .Select(row => row.Groups["name"].Value),
    ];

    private static MatchCollection Rows() => Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "watching.md")));

    [GeneratedRegex(
        @"^\| `(?<name>(?:rates|db|http)_\w+)` \|(?<labels>[^|]*)\| (?<from>[^|]+) \|", RegexOptions.Multiline,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Row();

    [GeneratedRegex("`[^`]+`", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Quoted();
}
