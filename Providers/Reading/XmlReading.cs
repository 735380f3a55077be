using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Rates.Providers.Reading;

/// <summary>XML from strangers: no DTD, no resolver, and a depth cap before any tree is built.</summary>
internal static class XmlReading
{
    // XDocument is quadratic in nesting depth: 1.4 MB of nested tags would hold a core for minutes.
    private const int MaxDepth = 32;
    private const int MaxNodes = 4_000_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = 64 << 20,
    };

    static XmlReading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The root element of a document given as bytes; its XML declaration tells the encoding.</summary>
    public static XElement Root(ReadOnlyMemory<byte> bytes)
    {
        Check(() => XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings));
        using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings);
        return Load(reader);
    }

    /// <summary>The root element of a document given as text, such as XML inside a SOAP string.</summary>
    public static XElement Root(string text)
    {
        Check(() => XmlReader.Create(new StringReader(text), Settings));
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        return Load(reader);
    }

    private static void Check(Func<XmlReader> open)
    {
        using var reader = open();
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (reader.Depth > MaxDepth || nodes > MaxNodes)
            {
                throw new XmlException($"the document is deeper than {MaxDepth} levels or longer than {MaxNodes} nodes");
            }
        }
    }

    private static XElement Load(XmlReader reader) => XDocument.Load(reader).Root ?? throw new XmlException("the document is empty");

    extension(XElement element)
    {
        /// <summary>Descendants called so, whatever their namespace.</summary>
        public IEnumerable<XElement> All(string name) => element.Descendants().Where(child => child.Name.LocalName == name);

        /// <summary>The first child called so, whatever its namespace; it must be there.</summary>
        public XElement Child(string name) => element.ChildOrNull(name) ?? throw new FormatException($"<{name}> is missing in <{element.Name.LocalName}>");

        /// <summary>The first child called so, whatever its namespace; null when there is none.</summary>
        public XElement? ChildOrNull(string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

        /// <summary>The attribute called so, which must be there.</summary>
        public string Attr(string name) => element.Attribute(name)?.Value ?? throw new FormatException($"{name}= is missing in <{element.Name.LocalName}>");

        /// <summary>This element, which must be called so.</summary>
        public XElement Named(string name) =>
            element.Name.LocalName == name ? element : throw new FormatException($"<{name}> was expected, not <{element.Name.LocalName}>");
    }
}
