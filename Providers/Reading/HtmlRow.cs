using System.Globalization;
using AngleSharp.Dom;

namespace Rates.Providers;

/// <summary>One row of a table of a web page; its cells are found by their headings.</summary>
internal readonly record struct HtmlRow(HtmlHeadings Headings, HtmlCells Cells)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place => HtmlReading.Place(Cells.Row);

    /// <summary>The text of the cell below a heading; see <see cref="HtmlPage.Tables"/>.</summary>
    /// <exception cref="FormatException">There is no such column, or the row has more or fewer cells than there are headings.</exception>
    public string this[string heading] => this[Headings.Column(heading)];

    /// <summary>The text of the cell at an index, from 0.</summary>
    /// <exception cref="FormatException">The row has more or fewer cells than there are headings.</exception>
    public string this[int column] => Cells.Texts.Length == Headings.Names.Length
        ? Cells.Texts[column]
        : throw new FormatException($"{Cells.Texts.Length} cells where there are {Headings.Names.Length} headings");
}

/// <summary>The headings of a table from left to right, and those of the row above them.</summary>
/// <param name="Above">Those of the row above; empty for none.</param>
/// <param name="Cells">The headings.</param>
internal sealed record HtmlHeadings(string[] Above, HtmlCells Cells)
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The headings; one that spans columns stands at each.</summary>
    public string[] Names => Cells.Texts;

    /// <summary>True when each of <paramref name="headings"/> is there once.</summary>
    public bool HasAll(ReadOnlySpan<string> headings)
    {
        foreach (var heading in headings)
        {
            if (Find(heading) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Index of the column below a heading, from 0; of the first of those that it spans.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public int Column(string heading) => Find(heading) is var index and >= 0
        ? index
        : throw new FormatException($"no column, or more than one, is called '{heading}': {string.Join(" | ", Names)}");

    private int Find(string heading)
    {
        if (!_columns.TryGetValue(heading, out var index))
        {
            _columns[heading] = index = Search(heading);
        }

        return index;
    }

    private int Search(string heading)
    {
        var (above, name) = heading.Split('|', 2) is [var group, var inner] ? (group, inner) : ("", heading);
        int[] found =
        [
            .. Cells.Starts.Where(at => Names[at].Equals(name, StringComparison.OrdinalIgnoreCase)
                && (above.Length == 0 || (at < Above.Length && Above[at].Equals(above, StringComparison.OrdinalIgnoreCase)))),
        ];
        return found is [var only] ? only : -1;
    }
}

/// <summary>The texts of a row's cells from left to right; the text of one that spans columns stands at each.</summary>
/// <param name="Row">What they stand in.</param>
/// <param name="Texts">Their texts.</param>
/// <param name="Starts">The columns in which a cell begins, from 0.</param>
internal sealed record HtmlCells(IElement Row, string[] Texts, int[] Starts)
{
    private const int MostColumns = 200;

    /// <summary>False for a row without any text, and for a message that spans the table.</summary>
    public bool AreOfFigures => (Starts.Length > 1 || Texts.Length == 1) && Array.Exists(Texts, text => text.Length > 0);

    /// <summary>The cells of a row.</summary>
    public static HtmlCells Of(IElement row, IEnumerable<IElement> cells)
    {
        List<string> texts = [];
        List<int> starts = [];
        foreach (var cell in cells.TakeWhile(_ => texts.Count < MostColumns))
        {
            starts.Add(texts.Count);
            texts.AddRange(Enumerable.Repeat(HtmlReading.Text(cell), Span(cell)));
        }

        return new(row, [.. texts], [.. starts]);
    }

    private static int Span(IElement cell) =>
        int.TryParse(cell.GetAttribute("colspan"), NumberStyles.None, CultureInfo.InvariantCulture, out var span) && span > 0
            ? Math.Min(span, MostColumns)
            : 1;
}
