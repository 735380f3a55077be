using System.Globalization;

namespace Rates.Core;

/// <summary>Writes numbers in the messages that say why a rate is refused.</summary>
internal static class ReasonText
{
    /// <summary>A rate with all its digits.</summary>
    public static string Of(decimal rate) => rate.ToString(CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage with at most one decimal place: 0.051 is <c>5.1 %</c>.</summary>
    public static string Percent(decimal fraction) => (100 * fraction).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
