namespace Rates.Store;

/// <summary>
/// Computes a number from a text that is the same in every process, which <see cref="string.GetHashCode()"/> is not. FNV-1a.
/// </summary>
public static class StableHash
{
    /// <summary>The number of a text, from 0 to 4,294,967,295.</summary>
    public static uint Of(string text) => text.Aggregate(2_166_136_261u, (sum, letter) => unchecked((sum ^ letter) * 16_777_619u));
}
