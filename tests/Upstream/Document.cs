using System.Text;

namespace Rates.Upstream;

/// <summary>What a source serves when nothing is wrong.</summary>
/// <param name="Body">The body.</param>
/// <param name="ContentType">Its content type.</param>
public sealed record Document(byte[] Body, string ContentType = "application/xml")
{
    /// <summary>Sent, and answered with 304 when it comes back; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent, and answered with 304 when it comes back; null for none.</summary>
    public string? LastModified { get; init; }

    /// <summary>A document of UTF-8 text.</summary>
    public static Document Of(string text, string contentType = "application/xml") => new(Encoding.UTF8.GetBytes(text), contentType);
}
