using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Rates.Core;

/// <summary>
/// Days on which the publishers of a country or system publish nothing, by rule: TARGET, FED, US, UK, CA, PL and so on. The
/// data, and the notation of it, is <c>Holidays.txt</c>; countries whose calendars follow the moon or a yearly decree have none.
/// </summary>
public static class Holidays
{
    private static readonly FrozenDictionary<string, HolidayRule[]> Rules = EmbeddedTable.Lines("Holidays.txt")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(words => words[0], words => words.Skip(1))
        .ToFrozenDictionary(rule => rule.Key, rule => rule.SelectMany(words => words).Select(HolidayRule.Parse).ToArray());

    /// <summary>Years already laid out; only those of <see cref="Kept"/>, so no stray date can make it grow.</summary>
    private static readonly ConcurrentDictionary<(string Rule, int Year), HashSet<DateOnly>> Years = [];

    /// <summary>The names of all rules, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a rule of that name, written exactly so.</summary>
    public static bool Knows(string rule) => Rules.ContainsKey(rule);

    /// <summary>Whether <paramref name="day"/> is a holiday under <paramref name="rule"/>. Weekends are not, unless the holiday itself falls there.</summary>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static bool IsHoliday(string rule, DateOnly day) =>
        // A holiday of one year may move into the next: New Year's Day on a Saturday is the Friday before in the United States.
        In(rule, day.Year).Contains(day) || (day is { Month: 12, Day: 31 } && day.Year < 9999 && In(rule, day.Year + 1).Contains(day));

    private static bool Kept(int year) => year is >= 1970 and < 2070;

    private static HashSet<DateOnly> In(string rule, int year) =>
        Kept(year) && Knows(rule) ? Years.GetOrAdd((rule, year), static of => LaidOut(of.Rule, of.Year)) : LaidOut(rule, year);

    /// <summary>The rule's holidays of one year, those moved off the weekend included.</summary>
    private static HashSet<DateOnly> LaidOut(string rule, int year)
    {
        var days = new HashSet<DateOnly>();
        var moves = new List<(DateOnly Day, char Shift)>();
        foreach (var holiday in Rules.TryGetValue(rule, out var found) ? found : throw new ArgumentException($"'{rule}' is not a known rule of holidays", nameof(rule)))
        {
            if (holiday.DayIn(year) is not { } day)
            {
                continue;
            }

            if (holiday.Cancels)
            {
                days.Remove(day);
            }
            else if (days.Add(day) && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                moves.Add((day, holiday.Shift));
            }
        }

        // Only when all days are known can one tell what the next free day is.
        foreach (var (day, shift) in moves)
        {
            days.Add(Moved(day, shift, days));
        }

        return days;
    }

    private static DateOnly Moved(DateOnly day, char shift, HashSet<DateOnly> taken)
    {
        switch (shift, day.DayOfWeek)
        {
            case ('~', DayOfWeek.Saturday):
                return day.AddDays(-1);
            case ('~', DayOfWeek.Sunday):
                return day.AddDays(1);
            case ('+', DayOfWeek.Sunday) or ('^', _):
                while (day.DayOfWeek == DayOfWeek.Sunday || (shift == '^' && day.DayOfWeek == DayOfWeek.Saturday) || taken.Contains(day))
                {
                    day = day.AddDays(1);
                }

                return day;
            default:
                return day;
        }
    }
}
