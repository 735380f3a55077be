using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Rates.Providers;

/// <summary>Reads HTML of untrusted origin: with limits on depth and size, and only pages that are known to be whole.</summary>
internal static partial class HtmlReading
{
    private const int MostDepth = 100;
    private const int MostElements = 100_000;
    private const int LongestText = 1000;

    /// <summary>The document that <paramref name="text"/> describes. Scripts are not run, and nothing is loaded.</summary>
    /// <exception cref="FormatException">It has too many elements, or too many inside each other.</exception>
    public static IHtmlDocument Parse(string text)
    {
        // A page of nested or countless elements would cost minutes. The parser's own limit on depth does not help: what it costs
        // grows with the tags that are open, whatever tree they make.
        var (count, last) = (0, (IElement?)null);
        var parser = new HtmlParser(new HtmlParserOptions
        {
            IsKeepingSourceReferences = true,
            SkipScriptText = true,
            SkipComments = true,
            OnCreated = (element, _) =>
            {
                if (++count > MostElements || (last is not null && IsTooDeep(last)))
                {
                    throw new FormatException(
                        $"the page has more than {MostElements} elements, or more than {MostDepth} inside each other");
                }

                last = element;
            },
        });
        return parser.ParseDocument(text);
    }

    /// <summary>The text inside a node, blanks of any kind and number as one; the first thousand characters of it.</summary>
    public static string Text(INode node)
    {
        var text = node.TextContent;
        return Plain(text.Length <= LongestText ? text : text[..LongestText]);
    }

    /// <summary>A text with blanks of any kind and number as one.</summary>
    public static string Plain(string text) => Blanks().Replace(text, " ").Trim('\uFEFF', ' ');

    /// <summary>Where an element stands, for messages.</summary>
    public static string Place(IElement element)
    {
        var at = element.SourceReference?.Position;
        return string.Create(CultureInfo.InvariantCulture, $"<{element.LocalName}> (line {at?.Line ?? 0}, column {at?.Column ?? 0})");
    }

    extension(ProviderBody body)
    {
        /// <summary>The body as a web page; see <see cref="PageText"/>.</summary>
        /// <exception cref="FormatException">The body was cut, or is no HTML.</exception>
        public HtmlPage Page(string? fragmentEnd = null, Encoding? otherwise = null) => new(Parse(body.PageText(fragmentEnd, otherwise)));

        /// <summary>The text of a web page that is known to be whole.</summary>
        /// <param name="fragmentEnd">
        /// What a fragment of a page ends with, such as <c>&lt;/table&gt;</c>, where the source sends one; null where it sends pages, which
        /// end with <c>&lt;/html&gt;</c>. The parser closes what is open, so that a page that was cut looks whole to it.
        /// </param>
        /// <param name="otherwise">The charset of a page that comes without one; null for UTF-8.</param>
        /// <exception cref="FormatException">The body was cut, or is no HTML.</exception>
        public string PageText(string? fragmentEnd = null, Encoding? otherwise = null)
        {
            var text = body.Text(otherwise);
            var end = fragmentEnd is null || Opening().IsMatch(text) ? "</html>" : fragmentEnd;
            return WithoutComments(text).EndsWith(end, StringComparison.OrdinalIgnoreCase)
                ? text
                : throw new FormatException($"the page does not end with {end}: it may have been cut, or it is no HTML");
        }

        /// <summary>The rows of a table, each left out by itself when it cannot be read.</summary>
        public RowQuery<HtmlRow> Rows(HtmlTable table) => body.Rows(table.Rows, "row", row => row.Place);
    }

    // Caches write the time of their copy below the page.
    private static string WithoutComments(string text)
    {
        var rest = text.Trim();
        while (rest.EndsWith("-->", StringComparison.Ordinal) && rest.LastIndexOf("<!--", StringComparison.Ordinal) is var at and >= 0)
        {
            rest = rest[..at].TrimEnd();
        }

        return rest;
    }

    private static bool IsTooDeep(IElement element)
    {
        var depth = 0;
        for (INode? node = element; node is not null && depth <= MostDepth; node = node.Parent)
        {
            depth++;
        }

        return depth > MostDepth;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex("<(?:!doctype|html)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Opening();
}
