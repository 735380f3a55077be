using System.Globalization;

namespace Rates.Core;

/// <summary>One public holiday: its day in a given year, and how it is moved when that day is on a weekend.</summary>
/// <param name="DayIn">Gives its day in a year, before it is moved; null in years without this holiday.</param>
/// <param name="Shift">How it is moved off the weekend: <c>^</c>, <c>+</c> or <c>~</c>; a blank means not at all.</param>
/// <param name="Cancels">True when the day is removed from the holidays instead of added.</param>
internal sealed record HolidayRule(Func<int, DateOnly?> DayIn, char Shift, bool Cancels)
{
    /// <summary>Reads one word of <c>Holidays.txt</c>; the notation is described in that file.</summary>
    /// <exception cref="FormatException">The word is not in the notation; the message quotes it.</exception>
    public static HolidayRule Parse(string word)
    {
        var (first, last) = (int.MinValue, int.MaxValue);
        var text = word;
        if (text.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf(']', open) is > 0 and var close)
        {
            var years = text[(open + 1)..close].Split('-');
            first = years[0] is "" ? first : Number(years[0]);
            last = years[1] is "" ? last : Number(years[1]);
            text = text.Remove(open, close + 1 - open);
        }

        var cancels = text[^1] == '!';
        var shift = text[^1] is '^' or '+' or '~' ? text[^1] : ' ';
        var day = Day(text.TrimEnd('^', '+', '~', '!'), word);
        return new(year => year >= first && year <= last ? day(year) : null, shift, cancels);
    }

    private static Func<int, DateOnly?> Day(string text, string word) => text switch
    {
        ['E', '+' or '-', ..] => year => Easter.Western(year).AddDays(Number(text[1..])),
        ['O', '+' or '-', ..] => year => Easter.Orthodox(year).AddDays(Number(text[1..])),
        "EQ1" => year => Equinox(year, 3, 20_843_100),
        "EQ2" => year => Equinox(year, 9, 23_248_800),
        [_, _, _, '>', ..] => year => OnOrAfter(Weekdays.Parse(text[..3]).First, InYear(year, text[4..])),
        [_, _, _, .., '/', _, _] => year => Nth(year, Number(text[^2..]), Weekdays.Parse(text[..3]).First, Number(text[3..^3])),
        { Length: 10 } => On(IsoText.ParseDay(text)),
        { Length: 5 } => year => InYear(year, text),
        _ => throw new FormatException($"'{word}' is not a holiday"),
    };

    private static DateOnly InYear(int year, string monthAndDay) => new(year, Number(monthAndDay[..2]), Number(monthAndDay[3..]));

    private static DateOnly OnOrAfter(DayOfWeek weekday, DateOnly day) => day.AddDays(((int)weekday - (int)day.DayOfWeek + 7) % 7);

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int nth) => nth > 0
        ? OnOrAfter(weekday, new DateOnly(year, month, 1).AddDays(7 * (nth - 1)))
        : OnOrAfter(weekday, new DateOnly(year, month, DateTime.DaysInMonth(year, month)).AddDays(-6 + 7 * (nth + 1)));

    private static Func<int, DateOnly?> On(DateOnly only) => year => year == only.Year ? only : null;

    /// <summary>
    /// The day of an equinox in Japan by the usual approximation, in millionths of a day from the mean equinox of 1980. Null outside
    /// 1980 to 2099, where the approximation is not valid.
    /// </summary>
    private static DateOnly? Equinox(int year, int month, int mean1980) => year is >= 1980 and <= 2099
        ? new(year, month, (mean1980 + 242_194 * (year - 1980)) / 1_000_000 - (year - 1980) / 4)
        : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
