using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Rates.Providers.Tests;

/// <summary>A web page whose tables are laid out in another way is read by its headings, or refused: never misread.</summary>
public sealed class HtmlLayoutTests
{
    // What an operation does to every row of one table, given the cells of a row, the column and whether it is the row of headings.
    private static readonly (string Name, Action<IElement[], int, bool> Change)[] Changes =
    [
        ("without a column", (cells, at, _) => cells[at].Remove()),
        ("with a column moved to the front", (cells, at, _) => cells[0].Before(cells[at])),
        ("with a column moved to the end", (cells, at, _) => cells[^1].After(cells[at])),
        ("with a column of numbers added", (cells, at, isHeading) => cells[at].Before(Copy(cells[at], isHeading ? "Index" : "1.5"))),
        ("with a column called otherwise", (cells, at, isHeading) => cells[at].TextContent = isHeading ? "Other" : cells[at].TextContent),
    ];

    public static IEnumerable<TheoryDataRow<string>> Keys() => OwnDocument.Keys().Select(row => row.Data)
        .Where(key => OwnDocument.Of(key).Any(IsPage)).Select(key => new TheoryDataRow<string>(key));

    [Fact]
    public void There_are_pages_to_try() => Assert.InRange(Keys().Count(), 10, 1_000);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_table_with_other_columns_is_read_by_its_headings_or_refused(string key)
    {
        foreach (var document in OwnDocument.Of(key).Where(document => IsPage(document) && document.Figures.Count > 0))
        {
            foreach (var (change, text) in Changed(document))
            {
                var read = document.With(Encoding.UTF8.GetBytes(text)) ?? [];

                Assert.True(
                    read.All(document.Figures.Contains), $"{document} {change} reads {read.Except(document.Figures).FirstOrDefault()}");
            }
        }
    }

    private static IEnumerable<(string Change, string Text)> Changed(OwnDocument document)
    {
        var source = document.Body.Text();
        var tables = new HtmlParser().ParseDocument(source).QuerySelectorAll("table").Length;
        foreach (var (name, change) in Changes)
        {
            for (var table = 0; table < tables; table++)
            {
                for (var column = 0; column < 15; column++)
                {
                    var page = new HtmlParser().ParseDocument(source);
                    IElement[][] rows = [.. page.QuerySelectorAll("table")[table].QuerySelectorAll("tr").Select(Cells)];
                    foreach (var (index, cells) in rows.Index().Where(row => row.Item.Length > Math.Max(1, column)))
                    {
                        change(cells, column, index == Array.FindIndex(rows, row => row.Length > 1));
                    }

                    // A fragment of a page is none with a head and a body.
                    yield return (
                        $"{name} ({table + 1}, {column + 1})",
                        source.Contains("<html", StringComparison.Ordinal) ? page.ToHtml() : page.Body!.InnerHtml.TrimEnd());
                }
            }
        }
    }

    private static IElement[] Cells(IElement row) => [.. row.Children.Where(cell => cell.LocalName is "td" or "th")];

    private static INode Copy(IElement cell, string text)
    {
        var copy = cell.Clone();
        copy.TextContent = text;
        return copy;
    }

    private static bool IsPage(OwnDocument document) => document.File.EndsWith(".html", StringComparison.Ordinal);
}
