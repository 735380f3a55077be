using System.Diagnostics.CodeAnalysis;

namespace Rates.Core;

/// <summary>
/// A set of weekdays, written <c>MON-FRI</c>, <c>SUN-THU</c>, <c>WED</c> or <c>MON,WED,FRI</c>. The default value is empty.
/// </summary>
public readonly record struct Weekdays
{
    private const string Names = "SUNMONTUEWEDTHUFRISAT";

    private readonly byte _mask;

    private Weekdays(byte mask, DayOfWeek first) => (_mask, First) = (mask, first);

    /// <summary>The weekday that is written first.</summary>
    public DayOfWeek First { get; }

    /// <summary>Whether <paramref name="day"/> is one of these weekdays.</summary>
    public bool Contains(DateOnly day) => (_mask >> (int)day.DayOfWeek & 1) == 1;

    /// <summary>
    /// Reads single days and ranges, separated by commas, in capital or small letters; a range may cross the end of the week.
    /// </summary>
    /// <exception cref="FormatException">The text is not such a list; the message quotes it.</exception>
    public static Weekdays Parse(string text) =>
        TryParse(text, out var days) ? days : throw new FormatException($"'{text}' is not a list of weekdays such as MON-FRI or MON,WED");

    /// <summary>Like <see cref="Parse"/>; false, and an empty set, when the text is not such a list.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Weekdays days)
    {
        days = default;
        var mask = 0;
        var first = -1;
        foreach (var range in text.AsSpan().Split(','))
        {
            var part = text.AsSpan()[range].Trim();
            if (part.Length is not (3 or 7) || (part.Length == 7 && part[3] != '-')
                || Day(part[..3]) is not (>= 0 and var from) || Day(part[^3..]) is not (>= 0 and var to))
            {
                return false;
            }

            first = first < 0 ? from : first;
            for (var day = from; ; day = (day + 1) % 7)
            {
                mask |= 1 << day;
                if (day == to)
                {
                    break;
                }
            }
        }

        days = new((byte)mask, (DayOfWeek)first);
        return true;
    }

    private static int Day(ReadOnlySpan<char> name) =>
        Names.AsSpan().IndexOf(name, StringComparison.OrdinalIgnoreCase) is var at && at % 3 == 0 ? at / 3 : -1;
}
