using System.Globalization;

namespace Rates.Providers;

/// <summary>Reads instants that sources write as text, in the one format that a source uses.</summary>
internal static class InstantParser
{
    /// <summary>
    /// The instant that <paramref name="text"/> states as <paramref name="format"/>. A text without a distance from UTC is of a clock that
    /// is <paramref name="ahead"/> of UTC.
    /// </summary>
    /// <exception cref="FormatException">Not such an instant, or not of the years 1900 to 2200; the message quotes it.</exception>
    public static DateTimeOffset Parse(string text, string format, TimeSpan ahead = default)
    {
        var trimmed = text.Trim();
        return DateTimeOffset.TryParseExact(trimmed, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            && parsed.Year is >= 1900 and <= 2200
            ? parsed.ToUniversalTime() - ahead
            : throw new FormatException($"'{trimmed[..Math.Min(trimmed.Length, 40)]}' is not an instant of the form {format}");
    }

    /// <summary>The day of an instant in UTC.</summary>
    public static DateOnly Day(this DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
