using System.Security.Cryptography;

namespace Rates.Store;

/// <summary>Names of the store's lives, <c>ms-random</c>: a store that lost its keys begins a new one, and later ones sort later.</summary>
internal static class StoreEpoch
{
    /// <summary>16 hexadecimal digits that no other life has.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The life that begins at <paramref name="now"/>, Unix milliseconds.</summary>
    public static string New(long now) => $"{now}-{Random()}";
}
