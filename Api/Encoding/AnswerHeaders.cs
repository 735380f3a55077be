using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>The HTTP headers of one answer of the Api. A plain value, kept with a cached answer.</summary>
/// <param name="ContentType">The Content-Type header.</param>
/// <param name="ETag">A digest of its bytes, as a strong entity tag.</param>
/// <param name="Lifetime">How long it may be cached.</param>
internal readonly record struct AnswerHeaders(string ContentType, StringValues ETag, CacheLifetime Lifetime)
{
    /// <summary>The headers of an answer with these bytes.</summary>
    public static AnswerHeaders Of(string contentType, ReadOnlySpan<byte> body, in CacheLifetime lifetime) =>
        new(contentType, EntityTags.Sent.Of(body), lifetime);
}
