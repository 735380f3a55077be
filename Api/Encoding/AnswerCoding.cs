using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Rates.Core;

namespace Rates.Api;

/// <summary>The content codings (compressions) in which the Api sends large answers: brotli and gzip. Chooses between them.</summary>
internal static class AnswerCoding
{
    /// <summary>Brotli, as headers name it.</summary>
    public const string Brotli = "br";

    /// <summary>Gzip, as headers name it.</summary>
    public const string Gzip = "gzip";

    /// <summary>Fewest bytes of an answer that is compressed: a smaller one fits in two packets, and none would be saved.</summary>
    public const int MinLength = 2 * 1024;

    /// <summary>Bytes that are compressed or sent at once, some ten to a hundred microseconds of work.</summary>
    public const int PieceLength = 32 * 1024;

    // A copy that is hardly smaller costs the client more time than it saves.
    private const int WorthwhilePercent = 90;

    /// <summary>The coding that a client likes best, brotli where it likes both equally; null for none.</summary>
    /// <param name="accepted">The Accept-Encoding header.</param>
    public static string? Best(StringValues accepted)
    {
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var wanted))
        {
            return null;
        }

        var (brotli, gzip) = (QualityOf(Brotli, wanted), QualityOf(Gzip, wanted));
        var best = Math.Max(brotli, gzip);
        return best == 0 || best < QualityOf(Named("identity", wanted)) ? null : brotli >= gzip ? Brotli : Gzip;
    }

    /// <summary>The entity tag of an answer in a coding.</summary>
    /// <param name="etag">That of the plain bytes; empty for none.</param>
    /// <param name="coding">The coding; null for none.</param>
    public static StringValues TagOf(StringValues etag, string? coding) =>
        coding is null || etag.Count == 0 ? etag : $"{etag.ToString()[..^1]}-{coding}\"";

    /// <summary>The entity tag of an answer without its coding.</summary>
    /// <param name="etag">That of the bytes in a coding, or of plain ones; empty for none.</param>
    public static StringValues PlainTagOf(StringValues etag)
    {
        var text = etag.ToString();
        foreach (var coding in (ReadOnlySpan<string>)[Brotli, Gzip])
        {
            if (text.EndsWith($"-{coding}\"", StringComparison.Ordinal))
            {
                return $"{text[..^(coding.Length + 2)]}\"";
            }
        }

        return etag;
    }

    /// <summary>Compresses an answer; null when it hardly becomes smaller.</summary>
    public static ReadOnlyMemory<byte>? Compress(ReadOnlySpan<byte> body, string coding, CompressionLevel level)
    {
        var compressed = new MemoryStream();
        using (var to = Into(compressed, coding, level))
        {
            for (var rest = body; rest.Length > 0; rest = rest[Math.Min(PieceLength, rest.Length)..])
            {
                LongWork.Yield();
                to.Write(rest[..Math.Min(PieceLength, rest.Length)]);
            }
        }

        if (compressed.Length * 100 >= (long)body.Length * WorthwhilePercent)
        {
            return null;
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }

    /// <summary>A stream that compresses into another one, and leaves that open.</summary>
    public static Stream Into(Stream compressed, string coding, CompressionLevel level) => coding == Brotli
        ? new BrotliStream(compressed, level, leaveOpen: true)
        : new GZipStream(compressed, level, leaveOpen: true);

    private static double QualityOf(string coding, IList<StringWithQualityHeaderValue> wanted) =>
        QualityOf(Named(coding, wanted) ?? Named("*", wanted));

    private static double QualityOf(StringWithQualityHeaderValue? named) => named is null ? 0 : named.Quality ?? 1;

    private static StringWithQualityHeaderValue? Named(string coding, IList<StringWithQualityHeaderValue> wanted) =>
        wanted.FirstOrDefault(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase));
}
