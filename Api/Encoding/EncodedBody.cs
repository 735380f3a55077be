using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rates.Api;

/// <summary>The bytes of an answer that the Api sends many times, with compressed copies of a large one, made once.</summary>
/// <param name="body">The bytes.</param>
/// <param name="etag">Their strong entity tag; each compressed copy has its own, which ends in its coding.</param>
internal sealed class EncodedBody(byte[] body, StringValues etag)
{
    // A smaller answer fits in two packets, and compressing it would save none.
    private const int MinLength = 2 * 1024;

    // A copy that is hardly smaller costs the client more time than it saves.
    private const int WorthwhilePercent = 90;

    private readonly Variant _plain = new(body, etag, default);
    private Variant[]? _compressed;
    private int _isCompressing;

    /// <summary>The bytes without compression.</summary>
    public byte[] Bytes => body;

    /// <summary>
    /// The copy in the best coding that the client accepts. The first client that accepts one gets the plain bytes, and a thread
    /// of the pool makes the copies meanwhile: compressing takes too long for the thread that serves the sockets.
    /// </summary>
    /// <param name="accepted">The Accept-Encoding header.</param>
    public Variant For(StringValues accepted)
    {
        if (accepted.Count == 0 || body.Length < MinLength)
        {
            return _plain;
        }

        if (Volatile.Read(ref _compressed) is { } copies)
        {
            return Best(accepted, copies);
        }

        if (Interlocked.Exchange(ref _isCompressing, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Compress(), this, preferLocal: false);
        }

        return _plain;
    }

    /// <summary>Makes the compressed copies now; for files that are ready before the first request.</summary>
    /// <param name="level">How hard they are compressed; less for what is sent once.</param>
    public void Compress(CompressionLevel level = CompressionLevel.Optimal)
    {
        if (body.Length >= MinLength)
        {
            // An archive or an image does not become smaller: it is sent as it is.
            Variant[] copies = [Copy("br", to => new BrotliStream(to, level)), Copy("gzip", to => new GZipStream(to, level))];
            Volatile.Write(ref _compressed, [.. copies.Where(copy => copy.Bytes.Length < body.Length / 100 * WorthwhilePercent)]);
        }
    }

    private Variant Copy(string coding, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(body);
        }

        return new(compressed.ToArray(), TagOf(etag, coding), coding);
    }

    /// <summary>The entity tag of the copy in a coding.</summary>
    /// <param name="etag">That of the plain bytes.</param>
    /// <param name="coding">The coding, such as <c>br</c>.</param>
    public static StringValues TagOf(StringValues etag, string coding) => $"{etag.ToString()[..^1]}-{coding}\"";

    /// <summary>Whether a client takes a coding.</summary>
    public static bool IsAccepted(string coding, HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var wanted) && QualityOf(coding, wanted) > 0;

    private Variant Best(StringValues accepted, Variant[] copies)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var wanted))
        {
            return _plain;
        }

        var best = (Copy: _plain, Quality: 0d);
        foreach (var copy in copies)
        {
            var quality = QualityOf(copy.Coding.ToString(), wanted);
            if (quality > best.Quality)
            {
                best = (copy, quality);
            }
        }

        return best.Copy;
    }

    private static double QualityOf(string coding, IList<StringWithQualityHeaderValue> wanted)
    {
        var named = wanted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? wanted.FirstOrDefault(one => one.Value == "*");
        return named is null ? 0 : named.Quality ?? 1;
    }

    /// <summary>One copy of an answer's bytes, plain or compressed, with its entity tag.</summary>
    /// <param name="Bytes">The bytes.</param>
    /// <param name="ETag">Their entity tag.</param>
    /// <param name="Coding">The Content-Encoding header; empty for none.</param>
    internal sealed record Variant(byte[] Bytes, StringValues ETag, StringValues Coding);
}
