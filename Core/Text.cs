using System.Globalization;

namespace Rates.Core;

/// <summary>Numbers as they stand in reasons.</summary>
internal static class Text
{
    /// <summary>All digits of a rate.</summary>
    public static string Of(decimal rate) => rate.ToString(CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage with at most one decimal.</summary>
    public static string Percent(decimal fraction) => (100 * fraction).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
