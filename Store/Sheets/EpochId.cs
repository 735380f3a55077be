using System.Security.Cryptography;

namespace Rates.Store;

/// <summary>
/// Makes ids of epochs, <c>ms-random</c>. An epoch is the time in which the store keeps its data: a store that lost it begins a new epoch,
/// and later epochs sort after earlier ones.
/// </summary>
internal static class EpochId
{
    /// <summary>Makes the random part: 16 hexadecimal digits.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The id of the epoch that begins at <paramref name="now"/>, in Unix milliseconds.</summary>
    public static string New(long now) => $"{now}-{Random()}";
}
