using System.Globalization;

namespace Rates.Providers;

/// <summary>Reads days in the one format that a source uses, and writes them in that format into requests.</summary>
internal static class DayParser
{
    /// <summary>
    /// Reads <paramref name="text"/> as <paramref name="format"/>, English month names included; what follows an ISO day (a time of
    /// day) is ignored.
    /// </summary>
    /// <exception cref="FormatException">Not such a day, or not of the years 1900 to 2200; the message quotes it.</exception>
    public static DateOnly Parse(string text, string format = "yyyy-MM-dd")
    {
        var trimmed = text.Trim();
        // English writers shorten September to four letters, which no format reads.
        if (format.Contains("MMM", StringComparison.Ordinal) && !format.Contains("MMMM", StringComparison.Ordinal))
        {
            trimmed = trimmed.Replace("Sept", "Sep", StringComparison.OrdinalIgnoreCase);
        }

        var day = format.Length == 10 && trimmed.Length > 10 && trimmed[10] is 'T' or ' ' ? trimmed[..10] : trimmed;
        return DateOnly.TryParseExact(day, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            && parsed.Year is >= 1900 and <= 2200
            ? parsed
            : throw new FormatException($"'{trimmed[..Math.Min(trimmed.Length, 40)]}' is not a day of the form {format}");
    }

    /// <summary>
    /// The day that an answer dates itself, checked against the one requested day in <paramref name="parameter"/>: a source may
    /// give an earlier day (its last fixing), but a later one means that it did not understand the question.
    /// </summary>
    /// <exception cref="FormatException">The answer is for a later day.</exception>
    public static DateOnly NotAfterAsked(this DateOnly day, ProviderBody body, string parameter, string format = "yyyy-MM-dd") =>
        body.Request.Parameter(parameter) is { Length: > 0 } asked ? day.NotAfter(Parse(asked, format)) : day;

    /// <summary>The day as a source wants it in an address or a body.</summary>
    public static string Format(this DateOnly day, string format = "yyyy-MM-dd") => day.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>
    /// The day that an answer dates itself, checked against the day that the address of <paramref name="request"/> ends in: a source
    /// may give an earlier day (its last fixing), but a later one means that it did not understand the question. An address that
    /// ends in no day asks for the latest.
    /// </summary>
    /// <exception cref="FormatException">The answer is for a later day.</exception>
    public static DateOnly NotAfterAsked(this DateOnly day, ProviderRequest request, string format = "yyyy-MM-dd")
    {
        var address = request.Path.AsSpan().TrimEnd('/');
        return address.Length >= format.Length
            && DateOnly.TryParseExact(address[^format.Length..], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
                ? day.NotAfter(asked)
                : day;
    }

    /// <summary>
    /// The day of an instant given as seconds since 1970 (UTC), where the clock is <paramref name="offset"/> ahead of UTC.
    /// </summary>
    /// <exception cref="FormatException">The instant is not of the years 1900 to 2199: most likely it counts something else.</exception>
    public static DateOnly OfEpoch(long seconds, TimeSpan offset = default) => seconds is >= -2_208_988_800 and < 7_258_118_400
        ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(offset).DateTime)
        : throw new FormatException($"{seconds} are not the seconds since 1970 of a day of our time");

    private static DateOnly NotAfter(this DateOnly day, DateOnly asked) =>
        day <= asked ? day : throw new FormatException($"requested {asked.Format()}, the answer is for {day.Format()}");
}
