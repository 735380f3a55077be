using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Rates.Api;

/// <summary>Computes 64-bit digests of texts and of answers. Equal on every machine; not meant to resist an attacker.</summary>
internal static class Fingerprint
{
    /// <summary>The digest of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));

    /// <summary>The digest of a body as a strong entity tag, with its quotation marks.</summary>
    public static string ETagOf(ReadOnlySpan<byte> body) =>
        string.Create(18, XxHash3.HashToUInt64(body), static (text, digest) =>
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, digest);
            text[0] = text[^1] = '"';
            Convert.TryToHexStringLower(bytes, text[1..], out _);
        });
}
