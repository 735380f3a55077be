using System.Globalization;
using Rates.Core;

namespace Rates.Worker;

/// <summary>Writes one sentence about the rows of a source's answer that cannot be used, for logs, lists of fetches and health.</summary>
internal static class OddRowText
{
    /// <summary>How many they are and what is wrong with the first; empty for none.</summary>
    public static string Of(IReadOnlyList<OddRow> odd) => odd switch
    {
        [] => "",
        [var only] => $"1 row of the answer cannot be used and is left out: {only}",
        [var first, ..] =>
            string.Create(
                CultureInfo.InvariantCulture, $"{odd.Count} rows of the answer cannot be used and are left out, the first: {first}"),
    };

    /// <summary>The same rows without <paramref name="secrets"/> and without characters that are unfit for a log.</summary>
    public static IReadOnlyList<OddRow> Safe(IReadOnlyList<OddRow> odd, IReadOnlyList<string> secrets) =>
        [.. odd.Select(row => new OddRow(SafeText.Safe(row.Place, secrets), SafeText.Safe(row.Reason, secrets)))];
}
