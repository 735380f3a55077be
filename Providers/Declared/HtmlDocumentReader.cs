using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Rates.Providers;

/// <summary>
/// Reads the rows of HTML answers of providers declared without code, found by a CSS selector. Cells are <c>#2</c>, the second cell of a
/// table's row; <c>th=Rate</c>, the one below that heading; a selector inside the row; or <c>$ h2</c>, a selector in the document.
/// <c>@href</c> at the end takes an attribute.
/// </summary>
internal sealed partial class HtmlDocumentReader : IDocumentReader
{
    private readonly string _rows;
    private readonly int _skip;
    private readonly Encoding? _encoding;

    /// <param name="rows">Where the rows are.</param>
    /// <param name="skip">How many of the first are left out.</param>
    /// <param name="encoding">The charset of bodies that state none; null for UTF-8.</param>
    /// <exception cref="FormatException">It is no such selector.</exception>
    public HtmlDocumentReader(string rows, int skip, Encoding? encoding) => (_rows, _skip, _encoding) = (Checked(rows), skip, encoding);

    /// <inheritdoc/>
    public string? Problem(string cell)
    {
        try
        {
            _ = Cell.Parse(cell);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <inheritdoc/>
    public RowQuery<IDocumentRow> Rows(ProviderBody body)
    {
        var document = HtmlReading.Parse(body.Text(_encoding));
        List<IElement> elements = [.. document.QuerySelectorAll(_rows).Skip(_skip)];
        if (elements.Count == 0)
        {
            throw new FormatException(
                $"read.rows '{_rows}' finds no element after the first {_skip}; the page's title is '{Shown(document.Title ?? "")}'");
        }

        Dictionary<string, CellValue> outer = new(StringComparer.Ordinal);
        Dictionary<(IElement, string), int> headings = [];
        return body.Rows(elements, "row", HtmlReading.Place).Select(IDocumentRow (element) => new Row(element, document, outer, headings));
    }

    private static string Checked(string selector) => selector.Length <= 200 && Selector().IsMatch(selector)
        ? selector
        : throw new FormatException(
            "is not a CSS selector of the kind that is read here: names, .classes, #ids and [attributes='values'], up to six of them, "
            + "with blanks or > between");

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80];

    [GeneratedRegex(
        @"^[\p{L}*.#\[][\w.#*-]*(?:\[[\w-]+(?:='[^'\]]*')?\])*(?:\s*[ >]\s*[\p{L}*.#\[][\w.#*-]*(?:\[[\w-]+(?:='[^'\]]*')?\])*){0,5}$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Selector();

    private sealed class Row(
        IElement element, IHtmlDocument document, Dictionary<string, CellValue> outer, Dictionary<(IElement, string), int> headings)
        : IDocumentRow
    {
        public CellValue Read(string text)
        {
            var cell = Cell.Parse(text);
            if (cell.IsOfDocument)
            {
                return outer.TryGetValue(text, out var known) ? known : outer[text] = cell.Value(document.QuerySelector(cell.Selector));
            }

            var index = cell.Heading.Length > 0 ? Below(cell.Heading) : cell.Index;
            return cell.Value(
                index >= 0 ? Cells(element).ElementAtOrDefault(index)
                : cell.Selector.Length > 0 ? element.QuerySelector(cell.Selector)
                : element);
        }

        private static IEnumerable<IElement> Cells(IElement row) => row.Children.Where(child => child.LocalName is "td" or "th");

        private static int Find(IElement table, string heading) => table.QuerySelectorAll("tr")
            .Select(row => Cells(row).Select(HtmlReading.Text).ToList()
                .FindIndex(text => text.Equals(heading, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(index => index >= 0, -1);

        private int Below(string heading)
        {
            var table = element.Closest("table") ?? throw new FormatException("the row stands in no table");
            if (!headings.TryGetValue((table, heading), out var index))
            {
                // Also when there is none: looking for it again in each row would be quadratic.
                headings[(table, heading)] = index = Find(table, heading);
            }

            var first = Cells(table.QuerySelector("tr")!).Select(HtmlReading.Text).Take(12);
            return index >= 0 ? index : throw new FormatException($"no column is called so; the first row is {string.Join(" | ", first)}");
        }
    }

    private sealed record Cell(bool IsOfDocument, string Selector, int Index, string Heading, string Attribute)
    {
        public static Cell Parse(string text)
        {
            if (text.StartsWith('#') && text.Length > 1 && char.IsAsciiDigit(text[1]))
            {
                return int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var column) && column > 0
                    ? new(false, "", column - 1, "", "")
                    : throw new FormatException("is no column: #1 is the first");
            }

            if (text.StartsWith("th=", StringComparison.Ordinal))
            {
                return new(false, "", -1, text[3..], "");
            }

            var isOfDocument = text.StartsWith('$');
            var rest = isOfDocument ? text[1..].Trim() : text;
            var at = rest.LastIndexOf('@');
            var (selector, attribute) = at < 0 ? (rest, "") : (rest[..at], rest[(at + 1)..]);
            return selector is "." or "" && !isOfDocument
                ? new(false, "", -1, "", attribute)
                : new(isOfDocument, Checked(selector), -1, "", attribute);
        }

        public CellValue Value(IElement? found) =>
            found is null ? throw new FormatException("is not there")
            : Attribute.Length == 0 ? new(HtmlReading.Text(found))
            : new(found.GetAttribute(Attribute) ?? throw new FormatException($"<{found.LocalName}> has no attribute {Attribute}"));
    }
}
