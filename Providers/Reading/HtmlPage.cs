using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Rates.Providers;

/// <summary>A web page that is known to be whole.</summary>
internal sealed class HtmlPage(IHtmlDocument document)
{
    /// <summary>The page's elements.</summary>
    public IHtmlDocument Document => document;

    /// <summary>The one table that has all these headings; see <see cref="Tables"/>.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public HtmlTable Table(params string[] headings) => Tables(headings) switch
    {
        [var table] => table,
        var tables => throw new FormatException(
            $"{tables.Count} tables of the page have the headings {string.Join(", ", headings)}, not one; its title is '{document.Title}'"),
    };

    /// <summary>
    /// The tables that have all these headings in one of their first rows, in the order of the page. <c>Selling|Notes</c> is the heading
    /// <c>Notes</c> below the heading <c>Selling</c>.
    /// </summary>
    public IReadOnlyList<HtmlTable> Tables(params string[] headings) =>
        [.. document.QuerySelectorAll("table").Select(table => HtmlTable.Of(table, headings)).OfType<HtmlTable>()];

    /// <summary>The only match of a pattern in the text of the page.</summary>
    /// <exception cref="FormatException">There is none, or the matches differ.</exception>
    public Match Only(Regex pattern)
    {
        var matches = pattern.Matches(Text(null));
        return matches.Select(match => match.Value).Distinct(StringComparer.Ordinal).Count() == 1
            ? matches[0]
            : throw new FormatException($"{matches.Count} places of the page match {pattern}, not one");
    }

    /// <summary>The last match of a pattern in the text above an element: what its heading says.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public Match Above(IElement element, Regex pattern) =>
        pattern.Matches(Text(element)) is [.., var last] ? last : throw new FormatException($"nothing above the table matches {pattern}");

    /// <summary>The one element that a selector finds.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public IElement Element(string selector) => document.QuerySelectorAll(selector) is { Length: 1 } found
        ? found[0]
        : throw new FormatException($"the page has no single {selector}");

    /// <summary>What the elements that a selector finds send in a form: the choices that it offers.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public IReadOnlyList<string> Values(string selector) =>
        document.QuerySelectorAll(selector).Select(element => element.GetAttribute("value") ?? "").Where(value => value.Length > 0).ToList()
            is { Count: > 0 } values ? values : throw new FormatException($"the page has no {selector}");

    /// <summary>
    /// The body of a form as a browser would send it: the hidden fields as the page gives them, and <paramref name="fields"/>.
    /// </summary>
    /// <exception cref="FormatException">The page has no hidden field that is called <paramref name="token"/>.</exception>
    public string Form(string token, params (string Name, string Value)[] fields)
    {
        var hidden = document.QuerySelectorAll("input[type=hidden][name]")
            .Select(input => (Name: input.GetAttribute("name")!, Value: input.GetAttribute("value") ?? ""))
            .Where(input => !fields.Any(field => field.Name == input.Name))
            .ToList();
        return hidden.Exists(input => input.Name == token && input.Value.Length > 0)
            ? string.Join(
                '&', hidden.Concat(fields).Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value)}"))
            : throw new FormatException($"the page holds no {token}");
    }

    // Of the whole page, or of what stands above an element.
    private string Text(IElement? end)
    {
        var text = new StringBuilder();
        foreach (var node in document.Body?.DescendantsAndSelf() ?? [])
        {
            if (node == end)
            {
                break;
            }

            if (node is IText && node.ParentElement is not { LocalName: "script" or "style" })
            {
                text.Append(node.TextContent).Append(' ');
            }
        }

        return HtmlReading.Plain(text.ToString());
    }
}
