using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Rates.Api;

/// <summary>Computes 64-bit digests of texts. Equal on every machine; not meant to resist an attacker.</summary>
internal static class Fingerprint
{
    /// <summary>The digest of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
