using System.Numerics;
using System.Xml;
using System.Xml.Linq;

namespace Rates.Providers;

/// <summary>Reads XML of untrusted origin: no DTD, no external references, and a limit on depth before any tree is built.</summary>
internal static class XmlReading
{
    // XDocument is quadratic in nesting depth: 1.4 MB of nested tags would hold a core for minutes.
    private const int MaxDepth = 32;
    private const int MaxNodes = 4_000_000;

    // The reader is quadratic in the attributes of a tag: 8 MB of them would hold a core for a minute before it returns.
    private const int MaxTag = 16 << 10;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = 64 << 20,
    };

    static XmlReading() => CodePages.Register();

    /// <summary>The root element of a document given as bytes; its XML declaration states the encoding.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="options">What to keep besides its content, such as the lines.</param>
    public static XElement Root(ReadOnlyMemory<byte> bytes, LoadOptions options = LoadOptions.None)
    {
        if (bytes.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return Root(StrictDecoder.Decode(bytes.Span, null, null));
        }

        // A zero byte at the start is UTF-16 or UTF-32 without a byte order mark, in which tags cannot be found by bytes.
        if (bytes.Span[..Math.Min(4, bytes.Length)].Contains((byte)0) || HasOversizedTag(bytes.Span))
        {
            throw new XmlException($"the document's bytes are not text, or a tag is longer than {MaxTag >> 10} KiB");
        }

        // A blank line before the XML declaration would make it invalid.
        var document = StrictDecoder.WithoutMark(bytes.Span).TrimStart(" \t\r\n"u8).ToArray();
        if (document.AsSpan() is [(byte)'<', (byte)'!', (byte)'D' or (byte)'d', ..])
        {
            throw new XmlException("the document begins with a document type: it is a web page, or XML that is not accepted");
        }

        Check(() => XmlReader.Create(new MemoryStream(document, writable: false), Settings));
        using var reader = XmlReader.Create(new MemoryStream(document, writable: false), Settings);
        return Load(reader, options);
    }

    /// <summary>The root element of a document given as text, such as XML inside a SOAP string.</summary>
    public static XElement Root(string text)
    {
        if (HasOversizedTag<char>(text))
        {
            throw new XmlException($"a tag is longer than {MaxTag >> 10} KiB");
        }

        Check(() => XmlReader.Create(new StringReader(text), Settings));
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        return Load(reader);
    }

    /// <summary>True when a tag is longer than 16 KiB: the framework's reader would take minutes for its attributes.</summary>
    public static bool HasOversizedTag<T>(ReadOnlySpan<T> text) where T : IBinaryInteger<T>
    {
        var (open, close) = (T.CreateTruncating('<'), T.CreateTruncating('>'));
        var (single, full) = (T.CreateTruncating('\''), T.CreateTruncating('"'));
        var (start, quote) = (-1, T.Zero);
        for (var at = 0; at < text.Length; at++)
        {
            if (start < 0)
            {
                // CDATA sections and comments may be long, and hold no attributes.
                start = text[at] == open && at + 1 < text.Length && text[at + 1] != T.CreateTruncating('!') ? at : -1;
            }
            else if (at - start > MaxTag)
            {
                return true;
            }
            else if (quote != T.Zero)
            {
                quote = text[at] == quote ? T.Zero : quote;
            }
            else if (text[at] == single || text[at] == full)
            {
                quote = text[at];
            }
            else if (text[at] == close)
            {
                start = -1;
            }
        }

        return false;
    }

    private static void Check(Func<XmlReader> open)
    {
        using var reader = open();
        try
        {
            for (var nodes = 0; reader.Read(); nodes++)
            {
                if (reader.Depth > MaxDepth || nodes > MaxNodes)
                {
                    throw new XmlException($"the document is deeper than {MaxDepth} levels or longer than {MaxNodes} nodes");
                }
            }
        }
        catch (XmlException refused) when (refused.Message.Contains(nameof(DtdProcessing), StringComparison.Ordinal))
        {
            // The reader's own text is about a setting of this program.
            throw new XmlException("the document has a DOCTYPE, as an HTML page has; XML without one was expected", refused);
        }
    }

    private static XElement Load(XmlReader reader, LoadOptions options = LoadOptions.None) =>
        XDocument.Load(reader, options).Root ?? throw new XmlException("the document is empty");

    extension(XElement element)
    {
        /// <summary>Descendants called so, whatever their namespace.</summary>
        public IEnumerable<XElement> All(string name) => element.Descendants().Where(child => child.Name.LocalName == name);

        /// <summary>The first child called so, whatever its namespace; it must be there.</summary>
        public XElement Child(string name) =>
            element.ChildOrNull(name) ?? throw new FormatException($"<{name}> is missing in <{element.Name.LocalName}>");

        /// <summary>The first child called so, whatever its namespace; null when there is none.</summary>
        public XElement? ChildOrNull(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

        /// <summary>The attribute called so, which must be there.</summary>
        public string Attr(string name) =>
            element.Attribute(name)?.Value ?? throw new FormatException($"{name}= is missing in <{element.Name.LocalName}>");

        /// <summary>This element, which must be called so.</summary>
        public XElement Named(string name) =>
            element.Name.LocalName == name ? element : throw new FormatException($"<{name}> was expected, not <{element.Name.LocalName}>");
    }
}
