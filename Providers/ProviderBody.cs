using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Providers;

/// <summary>The body of a source's answer, together with the request it answers, for an adapter to read.</summary>
/// <param name="request">What was asked.</param>
/// <param name="bytes">The decoded body.</param>
/// <param name="contentType">As the source sent it; null for none.</param>
/// <param name="today">Day of receipt in the source's time zone: the as-of day of sources that state none.</param>
public sealed class ProviderBody(ProviderRequest request, ReadOnlyMemory<byte> bytes, string? contentType, DateOnly today)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonReading.Root(bytes), LazyThreadSafetyMode.None);
    private readonly Lazy<XElement> _xml = new(() => XmlReading.Root(bytes), LazyThreadSafetyMode.None);

    private ProviderBody(ProviderBody other)
        : this(other.Request, other.Bytes, other.ContentType, other.Today)
    {
        (_json, _xml, EndsKnown) = (other._json, other._xml, other.EndsKnown);
    }

    /// <summary>What was asked.</summary>
    public ProviderRequest Request { get; } = request;

    /// <summary>The decoded body.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>As the source sent it; null for none.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>Day of receipt in the source's time zone.</summary>
    public DateOnly Today { get; } = today;

    /// <summary>
    /// False when only the closing of the connection showed where the body ends. Formats that do not close themselves
    /// (CSV and other line formats) are then refused: a cut body would look whole.
    /// </summary>
    public bool EndsKnown { get; init; } = true;

    /// <summary>
    /// The body as text. A byte order mark states its encoding, without one the content type, without that
    /// <paramref name="otherwise"/>, which is UTF-8 unless given.
    /// </summary>
    /// <exception cref="FormatException">The bytes are not of that charset.</exception>
    public string Text(Encoding? otherwise = null) => StrictDecoder.Decode(Bytes.Span, ContentType, otherwise);

    /// <summary><see cref="Text"/> of a format that does not close itself: the end must be known to be the end.</summary>
    /// <exception cref="FormatException">The body may have been cut, or the bytes are not of that charset.</exception>
    public string WholeText(Encoding? otherwise = null) => EndsKnown
        ? Text(otherwise)
        : throw new FormatException("the connection closed without saying where the body ends: it may have been cut");

    /// <summary>The body as JSON; duplicate names and deep nesting are refused.</summary>
    public JsonElement Json() => _json.Value;

    /// <summary>The body as XML; DTDs, deep nesting and oversized documents are refused.</summary>
    public XElement Xml() => _xml.Value;

    /// <summary>The bytes after a byte order mark of UTF-8 and blanks: what a format is recognized by.</summary>
    internal ReadOnlySpan<byte> Start => StrictDecoder.WithoutMark(Bytes.Span).TrimStart(" \t\r\n"u8);

    /// <summary>The rows that reading has met so far.</summary>
    internal RowLog Log { get; private init; } = new();

    /// <summary>The same body, to be read from the start: no row has been met yet.</summary>
    internal ProviderBody Again() => new(this);

    /// <summary>What was packed inside this body, read as a part of it: its rows count as this body's.</summary>
    internal ProviderBody Unpacked(ReadOnlyMemory<byte> content) => new(Request, content, null, Today) { EndsKnown = EndsKnown, Log = Log };

    /// <summary>
    /// Rows for a query, each left out by itself when it cannot be read. Inside a query over rows these are parts of the row at hand.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="kind">What one is called in messages; the share of odd rows is taken among rows of one kind.</param>
    /// <param name="name">Returns a row's name, for messages; its index is used unless given.</param>
    internal RowQuery<T> Rows<T>(IEnumerable<T> rows, string kind = "row", Func<T, string>? name = null) =>
        new(Log, parent => rows.Select((row, index) => (Log.Begin(parent, kind, index, name is null ? null : () => name(row)), row)));

    /// <summary>The elements of the array at <paramref name="path"/> of the JSON body, as rows; the body itself without a path.</summary>
    internal RowQuery<JsonElement> Items(params ReadOnlySpan<string> path) => Items(Json(), path);

    /// <summary>The elements of the array at <paramref name="path"/> below <paramref name="element"/>, as rows.</summary>
    internal RowQuery<JsonElement> Items(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element.Member(name);
        }

        return Rows(element.Items(), $"{string.Join('.', path)}[]");
    }

    /// <summary>The cells of one row under columns whose names an adapter knows, as parts of the row.</summary>
    internal RowQuery<CsvColumn<T>> Cells<T>(IReadOnlyList<CsvColumn<T>> columns) => Rows(columns, "cell", column => column.Name);

    /// <summary>The members of an object, as rows.</summary>
    internal RowQuery<JsonProperty> Members(JsonElement element) => Rows(element.Members(), "member", member => member.Name);

    /// <summary>XML elements, as rows.</summary>
    internal RowQuery<XElement> Elements(IEnumerable<XElement> elements) =>
        Rows(elements, RowMark.Element, element => $"<{element.Name.LocalName}>");
}
