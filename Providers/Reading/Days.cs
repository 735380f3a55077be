using System.Globalization;

namespace Rates.Providers.Reading;

/// <summary>Reads days in the one format that a source declares.</summary>
internal static class Days
{
    /// <summary>
    /// Reads <paramref name="text"/> as <paramref name="format"/>, English month names included; what follows an ISO day (a time of
    /// day) is ignored.
    /// </summary>
    /// <exception cref="FormatException">Not such a day; the message quotes it.</exception>
    public static DateOnly Parse(string text, string format = "yyyy-MM-dd")
    {
        var trimmed = text.Trim();
        var day = format.Length == 10 && trimmed.Length > 10 && trimmed[10] is 'T' or ' ' ? trimmed[..10] : trimmed;
        return DateOnly.TryParseExact(day, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed
            : throw new FormatException($"'{trimmed[..Math.Min(trimmed.Length, 40)]}' is not a day of the form {format}");
    }

    /// <summary>
    /// The day that an answer dates itself, checked against the one day asked for in <paramref name="parameter"/>: a source may
    /// give an earlier day (its last fixing), but a later one means that it did not understand the question.
    /// </summary>
    /// <exception cref="FormatException">The answer is for a later day.</exception>
    public static DateOnly NotAfterAsked(this DateOnly day, ProviderBody body, string parameter, string format = "yyyy-MM-dd") =>
        body.Request.Parameter(parameter) is not { Length: > 0 } asked || day <= Parse(asked, format)
            ? day
            : throw new FormatException($"asked for {asked}, the answer is for {day.Format()}");

    /// <summary>The day as a source wants it in an address or a body.</summary>
    public static string Format(this DateOnly day, string format = "yyyy-MM-dd") => day.ToString(format, CultureInfo.InvariantCulture);
}
