using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Rates.Api;

/// <summary>The bytes of an answer that the Api sends many times, with compressed copies of a large one, made once.</summary>
/// <param name="body">The bytes.</param>
/// <param name="etag">Their strong entity tag; each compressed copy has its own, which ends in its coding.</param>
internal sealed class EncodedBody(byte[] body, StringValues etag)
{
    private readonly Variant _plain = new(body, etag, default);
    private Variant[]? _compressed;
    private int _isCompressing;

    /// <summary>The bytes without compression.</summary>
    public byte[] Bytes => body;

    /// <summary>The copy in the best coding that the client accepts; the plain bytes while there are no copies.</summary>
    /// <param name="accepted">The Accept-Encoding header.</param>
    public Variant For(StringValues accepted) =>
        accepted.Count > 0 && body.Length >= AnswerCoding.MinLength
            && Volatile.Read(ref _compressed) is { Length: > 0 } copies
            ? Best(copies, AnswerCoding.Best(accepted))
            : _plain;

    /// <summary>
    /// True for the first request that accepts a coding: it has the copies made, on a thread of the pool, as that takes too long for the
    /// thread that serves the sockets. Others are sent the plain bytes meanwhile.
    /// </summary>
    /// <param name="accepted">The Accept-Encoding header.</param>
    public bool TakesCompressing(StringValues accepted) =>
        accepted.Count > 0 && body.Length >= AnswerCoding.MinLength && Volatile.Read(ref _compressed) is null
        && AnswerCoding.Best(accepted) is not null && Interlocked.Exchange(ref _isCompressing, 1) == 0;

    /// <summary>Makes the compressed copies.</summary>
    public void Compress()
    {
        if (body.Length >= AnswerCoding.MinLength)
        {
            // An archive or an image does not become smaller: it is sent as it is.
            Variant?[] copies = [Copy(AnswerCoding.Brotli), Copy(AnswerCoding.Gzip)];
            Volatile.Write(ref _compressed, [.. copies.OfType<Variant>()]);
        }
    }

    // Not in For, which allocates nothing: a lambda that captures does, also where it is not reached.
    private Variant Best(Variant[] copies, string? coding) => Array.Find(copies, copy => copy.Coding == coding) ?? _plain;

    private Variant? Copy(string coding) => AnswerCoding.Compress(body, coding, CompressionLevel.Optimal) is { } copy
        ? new(copy.ToArray(), AnswerCoding.TagOf(etag, coding), coding)
        : null;

    /// <summary>One copy of an answer's bytes, plain or compressed, with its entity tag.</summary>
    /// <param name="Bytes">The bytes.</param>
    /// <param name="ETag">Their entity tag.</param>
    /// <param name="Coding">The Content-Encoding header; empty for none.</param>
    internal sealed record Variant(byte[] Bytes, StringValues ETag, StringValues Coding);
}
