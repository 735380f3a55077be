using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Rates.Providers.Reading;

namespace Rates.Providers;

/// <summary>An answer of a source, together with the request it answers.</summary>
/// <param name="request">What was asked.</param>
/// <param name="bytes">The decoded body.</param>
/// <param name="contentType">As the source sent it; null for none.</param>
/// <param name="today">Day of receipt in the source's time zone: the as-of day of sources that tell none.</param>
public sealed class ProviderBody(ProviderRequest request, ReadOnlyMemory<byte> bytes, string? contentType, DateOnly today)
{
    private JsonElement? _json;
    private XElement? _xml;

    /// <summary>What was asked.</summary>
    public ProviderRequest Request { get; } = request;

    /// <summary>The decoded body.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>As the source sent it; null for none.</summary>
    public string? ContentType { get; } = contentType;

    /// <summary>Day of receipt in the source's time zone.</summary>
    public DateOnly Today { get; } = today;

    /// <summary>
    /// False when nothing but the closing of the connection told where the body ends. Formats that do not close themselves
    /// (CSV and other line formats) are then refused: a cut body would look whole.
    /// </summary>
    public bool EndsKnown { get; init; } = true;

    /// <summary>The body as text: a byte order mark wins over the content type's charset, that over <paramref name="otherwise"/>, UTF-8 by default.</summary>
    /// <exception cref="FormatException">The bytes are not of that charset.</exception>
    public string Text(Encoding? otherwise = null) => Charset.Decode(Bytes.Span, ContentType, otherwise);

    /// <summary><see cref="Text"/> of a format that does not close itself: the end must be known to be the end.</summary>
    /// <exception cref="FormatException">The body may have been cut, or the bytes are not of that charset.</exception>
    public string WholeText(Encoding? otherwise = null) => EndsKnown
        ? Text(otherwise)
        : throw new FormatException("the connection closed without saying where the body ends: it may have been cut");

    /// <summary>The body as JSON; duplicate names and deep nesting are refused.</summary>
    public JsonElement Json() => _json ??= JsonReading.Root(Bytes);

    /// <summary>The body as XML; DTDs, deep nesting and oversized documents are refused.</summary>
    public XElement Xml() => _xml ??= XmlReading.Root(Bytes);
}
