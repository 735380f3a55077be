using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Parses single values of a request's query or body: days, instants, amounts. Each method throws a <see cref="ProblemException"/> with the
/// parameter and the value.
/// </summary>
internal static class QueryValues
{
    private const int MaxPlaces = 12;

    private static readonly string[] InstantForms =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>A day such as 2026-08-20.</summary>
    public static DateOnly Day(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        IsoText.TryParseDay(value, out var day)
            ? day
            : throw ProblemException.BadValue(name, value, "is not a day such as 2026-08-20");

    /// <summary>An instant with its offset from UTC, such as 2026-08-20T14:02:11Z or 2026-08-20T16:02+02:00.</summary>
    public static DateTimeOffset Instant(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        // In a query a plus sign that is not escaped means a space.
        var text = value.ToString().Replace(' ', '+');
        return DateTimeOffset.TryParseExact(
            text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : throw ProblemException.BadValue(name, value, "is not an instant with its offset such as 2026-08-20T14:02:11Z");
    }

    /// <summary>
    /// A decimal with a point, without exponent or thousands separator: those are read differently in different countries.
    /// </summary>
    public static decimal Amount(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        ExactDecimal.Read(value, allowExponent: false, out var amount) is { } wrong
            ? throw ProblemException.BadValue(name, value, wrong)
            : amount;

    /// <summary>A number of decimal places, 0 to 12.</summary>
    public static int Round(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= MaxPlaces
            ? places
            : throw ProblemException.BadValue(name, value, $"is neither minor nor a number of decimal places from 0 to {MaxPlaces}");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool Flag(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => throw ProblemException.BadValue(name, value, "is not one of true, false"),
    };

    /// <summary>The day that is so many days earlier, but not before the first day of the year 1.</summary>
    public static DateOnly DaysBefore(this DateOnly day, int days) => DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - days));

    /// <summary>The same day so many years before, or the first day that there is.</summary>
    public static DateOnly YearsBefore(this DateOnly day, int years) => day.Year > years ? day.AddYears(-years) : DateOnly.MinValue;
}
