using System.Net.Mime;
using System.Text;

namespace Rates.Providers;

/// <summary>
/// Decodes the bytes of sources' answers to text, strictly: bytes that are not of the charset are an error, never a replacement character.
/// </summary>
internal static class StrictDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static StrictDecoder() => CodePages.Register();

    public static Encoding Windows1251 => Strict("windows-1251");

    public static Encoding Latin1 => Strict("iso-8859-1");

    /// <summary>
    /// UTF-8 where the bytes are UTF-8, else windows-1252: what an office program saves a CSV in. Digits and codes are the same bytes
    /// in both; only names and signs such as £ differ.
    /// </summary>
    public static Encoding OfTable(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8 : Strict("windows-1252");

    /// <summary>The bytes without a byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes;

    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType, Encoding? otherwise)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), 2),
            _ => (Named(contentType) ?? otherwise ?? Utf8, 0),
        };
        try
        {
            return encoding.GetString(bytes[mark..]);
        }
        catch (DecoderFallbackException problem)
        {
            throw new FormatException($"the body is not {encoding.WebName}", problem);
        }
    }

    private static Encoding? Named(string? contentType) =>
        contentType is not null && TryParse(contentType) is { CharSet: { Length: > 0 } charset } ? Strict(charset) : null;

    private static ContentType? TryParse(string contentType)
    {
        try
        {
            return new ContentType(contentType);
        }
        catch (FormatException)
        {
            // A malformed header says nothing about the body.
            return null;
        }
    }

    /// <summary>A charset by its name.</summary>
    /// <exception cref="FormatException">There is no such charset.</exception>
    public static Encoding Strict(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{name}' is not a known charset", problem);
        }
    }
}
