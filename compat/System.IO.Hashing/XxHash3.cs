namespace System.IO.Hashing;

/// <summary>
/// Holds the place of the genuine XxHash3. StackExchange.Redis calls it for value digests only, a Redis 8.4 feature that
/// this product does not use; a wrong digest would be worse than none, so asking for one fails loudly.
/// </summary>
public static class XxHash3
{
    /// <summary>Never returns a hash.</summary>
    /// <exception cref="NotSupportedException">Always; the message names the package that can do it.</exception>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) =>
        throw new NotSupportedException(
            "Value digests need the genuine System.IO.Hashing package (10.0.2 or later): build with UseCompatPackages=false.");
}
