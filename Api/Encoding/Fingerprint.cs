using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Rates.Api;

/// <summary>Computes 64-bit digests of texts and of answers. Equal on every machine; not meant to resist an attacker.</summary>
internal static class Fingerprint
{
    private const int TagLength = 18;
    private const int MaxTags = 65_536;

    // Tags of answers that were sent before. The server takes a header only as a string, and most answers are sent again: until the rates
    // change, the same to everybody who asks the same.
    private static readonly string?[] Tags = new string?[MaxTags];

    /// <summary>The digest of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));

    /// <summary>The digest of a body as a strong entity tag, with its quotation marks.</summary>
    public static string ETagOf(ReadOnlySpan<byte> body)
    {
        var digest = XxHash3.HashToUInt64(body);
        Span<char> tag = stackalloc char[TagLength];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, digest);
        tag[0] = tag[^1] = '"';
        Convert.TryToHexStringLower(bytes, tag[1..], out _);

        // Each tag has two places, so that few push each other out.
        ref var first = ref Tags[digest % MaxTags];
        ref var second = ref Tags[(digest >> 32) % MaxTags];
        if (first is { } one && tag.SequenceEqual(one))
        {
            return one;
        }

        if (second is { } other && tag.SequenceEqual(other))
        {
            return other;
        }

        var made = tag.ToString();
        (first is null ? ref first : ref second) = made;
        return made;
    }
}
