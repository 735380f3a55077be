using System.Globalization;

namespace Rates.Api;

/// <summary>How days, instants and figures are written as text, in every format.</summary>
internal static class AnswerText
{
    /// <summary>Such as <c>2026-08-20</c>.</summary>
    public static string ToText(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-08-20T14:02:11Z</c>, to the second.</summary>
    public static string ToText(this DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Every digit, trailing zeros included.</summary>
    public static string ToText(this decimal figure) => figure.ToString(CultureInfo.InvariantCulture);
}
