using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The example of one channel in <c>docs/channels.md</c>.</summary>
internal static class DocumentedExample
{
    private const string Open = "```python\n";

    /// <summary>The program below a heading.</summary>
    public static string Of(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "channels.md")).ReplaceLineEndings("\n");
        var section = page[page.IndexOf($"# {heading}\n", StringComparison.Ordinal)..];
        var from = section.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        return section[from..section.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
