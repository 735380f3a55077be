using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>What the headers of an answer say. A plain value, kept with a cached answer.</summary>
/// <param name="ContentType">How it is written.</param>
/// <param name="ETag">Digest of its bytes.</param>
/// <param name="Freshness">How long it is right.</param>
internal readonly record struct AnswerHeaders(string ContentType, StringValues ETag, Freshness Freshness)
{
    /// <summary>The facts of these bytes.</summary>
    public static AnswerHeaders Of(string contentType, ReadOnlySpan<byte> body, in Freshness freshness)
    {
        var print = new Fingerprint();
        print.Add(body);
        return new(contentType, print.ToETag(), freshness);
    }
}
