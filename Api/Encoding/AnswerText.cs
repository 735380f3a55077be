using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes days, instants and numbers as the text that answers of every format use.</summary>
internal static class AnswerText
{
    /// <summary>Such as <c>2026-08-20</c>.</summary>
    public static string ToText(this DateOnly day) => IsoText.Of(day);

    /// <summary>Such as <c>2026-08-20T14:02:11Z</c>, to the second.</summary>
    public static string ToText(this DateTimeOffset instant) => IsoText.OfSeconds(instant);

    /// <summary>Every digit, trailing zeros included.</summary>
    public static string ToText(this decimal figure) => figure.ToString(CultureInfo.InvariantCulture);
}
