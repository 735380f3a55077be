using System.Globalization;

namespace Rates.Core;

/// <summary>Reads and writes days and instants in the forms of ISO 8601. No other code writes these forms.</summary>
public static class IsoText
{
    /// <summary>How many letters a day has.</summary>
    public const int DayLength = 10;

    private const string DayForm = "yyyy-MM-dd";

    /// <summary>The day as <c>2026-08-20</c>.</summary>
    public static string Of(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    /// <summary>Writes the day as <c>2026-08-20</c>, in UTF-8.</summary>
    /// <param name="day">The day.</param>
    /// <param name="to">At least <see cref="DayLength"/> bytes.</param>
    public static void Write(DateOnly day, Span<byte> to) => day.TryFormat(to, out _, DayForm, CultureInfo.InvariantCulture);

    /// <summary>The instant in UTC to the second, as <c>2026-08-20T14:02:11Z</c>; fractions of a second are cut off.</summary>
    public static string OfSeconds(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant in UTC with all its digits, as <c>2026-08-20T14:15:03.25Z</c>; without a fraction when that is zero.</summary>
    public static string OfTicks(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads <c>2026-08-20</c>.</summary>
    /// <exception cref="FormatException">The text is not such a day.</exception>
    public static DateOnly ParseDay(string text) => DateOnly.ParseExact(text, DayForm, CultureInfo.InvariantCulture);

    /// <summary>Reads <c>2026-08-20</c>; false, and 0001-01-01, for anything else.</summary>
    public static bool TryParseDay(ReadOnlySpan<char> text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
