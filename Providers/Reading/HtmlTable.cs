using AngleSharp.Dom;

namespace Rates.Providers;

/// <summary>A table of a web page, whose columns are found by their headings.</summary>
internal sealed class HtmlTable
{
    private const int MostHeadingRows = 5;

    private readonly HtmlHeadings _headings;

    private HtmlTable(IElement element, HtmlHeadings headings, IEnumerable<HtmlCells> rows)
    {
        (Element, _headings) = (element, headings);
        Rows = [.. rows.Where(row => row.AreOfFigures).Select(row => new HtmlRow(headings, row))];
    }

    /// <summary>The table itself.</summary>
    public IElement Element { get; }

    /// <summary>The headings from left to right; one that spans columns stands at each.</summary>
    public IReadOnlyList<string> Headings => _headings.Names;

    /// <summary>Index of the column below a heading, from 0.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public int Column(string heading) => _headings.Column(heading);

    /// <summary>The rows below the headings. Rows without any text, and messages that span the table, are none.</summary>
    public IReadOnlyList<HtmlRow> Rows { get; }

    /// <summary>
    /// The columns that <paramref name="read"/> knows by their headings, without those named. A heading that it cannot read is left out and
    /// recorded as one odd row.
    /// </summary>
    public List<CsvColumn<T>> Columns<T>(ProviderBody body, Func<string, T> read, params string[] without) =>
    [
        .. from column in body.Rows(Headings.Index(), "column", column => column.Item)
           where column.Item.Length > 0 && !without.Contains(column.Item, StringComparer.OrdinalIgnoreCase)
           select new CsvColumn<T>(column.Index, column.Item, read(column.Item)),
    ];

    /// <summary>The table, when it has all of <paramref name="headings"/>, each once, in one of its first rows; null otherwise.</summary>
    public static HtmlTable? Of(IElement table, params ReadOnlySpan<string> headings) => Of(
        table,
        table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table && row.ParentElement?.LocalName != "tfoot"),
        row => row.Children.Where(cell => cell.LocalName is "td" or "th"),
        headings);

    /// <summary>The same of elements that are laid out as the rows of a table without being one.</summary>
    /// <param name="element">What they stand in.</param>
    /// <param name="rows">The rows, the row of headings included.</param>
    /// <param name="cells">Returns the cells of a row from left to right.</param>
    /// <param name="headings">What it must have; see <see cref="HtmlPage.Tables"/>.</param>
    public static HtmlTable? Of(
        IElement element,
        IEnumerable<IElement> rows,
        Func<IElement, IEnumerable<IElement>> cells,
        params ReadOnlySpan<string> headings)
    {
        List<IElement> all = [.. rows];
        string[] above = [];
        for (var at = 0; at < Math.Min(all.Count, MostHeadingRows); at++)
        {
            var found = new HtmlHeadings(above, HtmlCells.Of(all[at], cells(all[at])));
            if (found.HasAll(headings))
            {
                return new HtmlTable(element, found, all.Skip(at + 1).Select(row => HtmlCells.Of(row, cells(row))));
            }

            above = found.Names;
        }

        return null;
    }
}
