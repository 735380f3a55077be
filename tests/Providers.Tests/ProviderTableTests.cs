using System.Globalization;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>The table of <c>docs/providers.md</c> is generated from the blocks.</summary>
/// <remarks>
/// A row that is there must be right; one that is not there yet is no error, so that adding a provider touches its own three
/// places only.
/// </remarks>
public sealed class ProviderTableTests
{
    private const string Opening = "<!-- providers: generated from the blocks -->\n";
    private const string Closing = "<!-- /providers -->";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "providers.md");

    [Fact]
    public void Every_row_of_the_table_says_what_the_block_says()
    {
        var text = File.ReadAllText(Page);
        var (start, end) = (text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length,
            text.IndexOf(Closing, StringComparison.Ordinal));
        var rows = ProviderCatalog.Shipped().All.Select(Row).ToList();
        if (Goldens.Update)
        {
            File.WriteAllText(Page, $"{text[..start]}{Heading(rows.Count)}{string.Concat(rows)}{text[end..]}");
            return;
        }

        var listed = text[start..end].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line + "\n");

        Assert.Empty(listed.Except(rows));
    }

    private static string Heading(int count) =>
        $"\n{count} adapters.\n\n| key | institution | publishes | pivot | category | published | from | recorded | on |\n"
        + "|---|---|---|---|---|---|---|---|---|\n";

    private static string Row(RateProvider provider)
    {
        var block = provider.Block;
        var on = (block.Enabled, block.Credential) switch
        {
            (true, null) => "yes",
            (true, _) => "with a key",
            _ => "no: " + block.Note,
        };
        var from = block.HistoryFrom?.Year.ToString(CultureInfo.InvariantCulture) ?? "–";
        var name = block.Terms.Length > 0 ? $"[{block.Name}]({block.Terms})" : block.Name;
        var category = block.Category.ToString().ToLowerInvariant();
        var recorded = block.RecordedAnswers > 0 ? $"{block.RecordedAnswers}" : "–";
        return $"| `{provider.Key}` | {name} | {block.Publishes} | {block.Pivot} | {category} | {Published(block)} | {from} | {recorded}"
            + $" | {on} |\n";
    }

    private static string Published(ProviderBlock block) => block.Calendar.Cadence switch
    {
        Core.Cadence.None => "closed history",
        Core.Cadence.Daily => $"{block.Calendar.At:HH:mm} {block.Calendar.Zone}",
        var cadence => cadence.ToString().ToLowerInvariant(),
    };
}
