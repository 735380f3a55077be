using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>The examples of docs/declared-providers.md are read as the page says.</summary>
public sealed partial class DeclaredProvidersPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "declared-providers.md"));

    public static TheoryData<string> Examples => [.. ExampleHeading().Matches(Page).Select(match => match.Groups["name"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_reads_the_figures_that_stand_beside_it(string name)
    {
        var example = Page[Page.IndexOf($"## Example: {name}", StringComparison.Ordinal)..];
        var (provider, problems) = Declaration.Read("example", Fence(example, "json"));
        Assert.True(provider is not null, string.Join("; ", problems));

        var sheet = provider.Read(Given.Body(Fence(example, "answer")));

        Assert.Empty(sheet.OddRows);
        Assert.Equal(
            Fence(example, "figures").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Given.Lines(sheet).Select(line => line[..line.LastIndexOf(' ')]));
    }

    [Fact]
    public void Every_format_has_an_example() => Assert.Equal(4, Examples.Count);

    [Fact]
    public void Every_member_of_the_section_read_is_described()
    {
        foreach (var member in typeof(DeclaredReading).GetProperties().Where(property => property.SetMethod is not null))
        {
            var name = char.ToLowerInvariant(member.Name[0]) + member.Name[1..];
            Assert.True(Page.Contains($"`{name}`", StringComparison.Ordinal), $"{name} is not described in docs/declared-providers.md");
        }
    }

    private static string Fence(string text, string kind)
    {
        var start = text.IndexOf($"```{kind}\n", StringComparison.Ordinal) + kind.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("^## Example: (?<name>[a-z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExampleHeading();
}
