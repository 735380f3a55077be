using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace Rates.Providers;

/// <summary>
/// Reads the rows of XML answers of providers declared without code, found by XPath; names have no prefixes. Cells are relative to the row,
/// or begin with <c>/</c>; <c>~</c> at the end takes an element's name. Of XPath, the part is allowed whose cost grows with the document
/// only.
/// </summary>
internal sealed partial class XmlDocumentReader : IDocumentReader
{
    private const string NamePattern = @"[\p{L}_][\p{L}\p{Nd}._-]*";
    private const string PredicatePattern =
        @"\[(?:[0-9]{1,6}|@?" + NamePattern + @"(?:\s*=\s*'[^']*')?|not\(@?" + NamePattern + @"\)|position\(\)\s*>\s*[0-9]{1,6})\]";

    private const string StepPattern = "(?:@?" + NamePattern + @"|\*|\.\.|\.|text\(\))(?:" + PredicatePattern + ")*";

    private readonly XPathExpression _rows;
    private readonly string _text;
    private readonly TreeCells<XElement> _cells = new(Parse, element => element.Parent);

    /// <param name="rows">Where the rows are.</param>
    /// <exception cref="FormatException">It is no such XPath.</exception>
    public XmlDocumentReader(string rows) => (_rows, _text) = (Compile(rows), rows);

    /// <inheritdoc/>
    public string? Problem(string cell) => _cells.Problem(cell);

    /// <inheritdoc/>
    public RowQuery<IDocumentRow> Rows(ProviderBody body)
    {
        var root = WithoutPrefixes(XmlReading.Root(body.Bytes, LoadOptions.SetLineInfo));
        List<XElement> elements = [.. Select(root, _rows).OfType<XElement>()];
        if (elements.Count == 0)
        {
            throw new FormatException($"read.rows '{_text}' finds no element; the document is <{root.Name.LocalName}> with "
                + string.Join(", ", root.Elements().Select(child => $"<{child.Name.LocalName}>").Distinct().Take(8)));
        }

        return body.Rows(elements, "row", Place).Select(_cells.RowsOf(root));
    }

    private static string Place(XElement element)
    {
        var line = ((IXmlLineInfo)element).LineNumber;
        return string.Create(CultureInfo.InvariantCulture, $"<{element.Name.LocalName}> (line {line})");
    }

    // A document may call its namespaces what it likes.
    private static XElement WithoutPrefixes(XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            if (element.Attributes().Any(attribute => attribute.Name.Namespace != XNamespace.None || attribute.IsNamespaceDeclaration))
            {
                XAttribute[] kept =
                [
                    .. element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
                        .DistinctBy(attribute => attribute.Name.LocalName)
                        .Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
                ];
                element.ReplaceAttributes(kept);
            }
        }

        return root;
    }

    private static IEnumerable<XObject> Select(XElement from, XPathExpression path)
    {
        var found = from.CreateNavigator().Select(path);
        while (found.MoveNext())
        {
            yield return (XObject)found.Current!.UnderlyingObject!;
        }
    }

    private static XPathExpression Compile(string text)
    {
        if (text.Length > 300 || !Allowed().IsMatch(text)
            || text.IndexOf("//", StringComparison.Ordinal) != text.LastIndexOf("//", StringComparison.Ordinal))
        {
            throw new FormatException(
                "is not an XPath of the kind that is read here: steps of names, @names, * and .., once //, and predicates such as "
                + "[2], [@type], [@type='x'], [name='x']");
        }

        return XPathExpression.Compile(text);
    }

    [GeneratedRegex("^(?://|/)?" + StepPattern + "(?://?" + StepPattern + ")*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();

    private static TreeCell<XElement> Parse(string text)
    {
        var takesName = text.EndsWith('~');
        var rest = takesName ? text[..^1].TrimEnd('/') : text;
        var outwards = 0;
        while (rest == ".." || rest.StartsWith("../", StringComparison.Ordinal))
        {
            (rest, outwards) = (rest.Length > 2 ? rest[3..] : "", outwards + 1);
        }

        if (rest.Contains("//", StringComparison.Ordinal) && !rest.StartsWith('/'))
        {
            throw new FormatException("searches inside every row: // is allowed in read.rows and at the beginning of a cell");
        }

        var path = rest.Length == 0 ? null : Compile(rest);
        return new(rest.StartsWith('/'), outwards, from => Read(from, path, takesName));
    }

    private static CellValue Read(XElement from, XPathExpression? path, bool takesName)
    {
        var found = path is null ? from : Select(from, path).FirstOrDefault();
        return (found, takesName) switch
        {
            (null, _) => throw new FormatException($"{Place(from)} has none"),
            (XElement element, true) => new(element.Name.LocalName),
            (XAttribute attribute, true) => new(attribute.Name.LocalName),
            (XElement element, _) => new(element.Value),
            (XAttribute attribute, _) => new(attribute.Value),
            (XText text, _) => new(text.Value),
            _ => throw new FormatException("is neither an element nor an attribute"),
        };
    }
}
