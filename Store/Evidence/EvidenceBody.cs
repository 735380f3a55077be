namespace Rates.Store;

/// <summary>
/// The body of one answer of a source, as received, kept as evidence of published rates. Nothing in it holds a credential.
/// </summary>
/// <param name="Address">Where it came from.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="Headers">The headers that describe it, such as Content-Type, Date and ETag.</param>
/// <param name="Digest">SHA-256 of the decoded body, hexadecimal.</param>
/// <param name="Length">Length of the decoded body in bytes.</param>
public sealed record EvidenceBody(
    string Address, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, string Digest, long Length)
{
    /// <summary>GET or POST.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The request's path and query, relative to its origin.</summary>
    public string Path { get; init; } = "";

    /// <summary>Which of the provider's addresses the path is relative to; empty for the main one.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Body of the request; null for none.</summary>
    public string? RequestBody { get; init; }

    /// <summary>Content type of the request's body; null for none.</summary>
    public string? RequestType { get; init; }

    /// <summary>True when the answer only led to the next request and holds no rates.</summary>
    public bool IsStep { get; init; }

    /// <summary>False when only the end of the connection marked the end of the body.</summary>
    public bool EndsKnown { get; init; } = true;

    /// <summary>False when the body is not stored, because it repeats a credential.</summary>
    public bool IsStored { get; init; } = true;
}
