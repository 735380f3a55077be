using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Rates.Core;

/// <summary>
/// Finds the days on which the sources of a country or payment system publish nothing, by named rule: TARGET, FED, US, UK, CA, PL and so
/// on. The rules and their notation are in <c>Holidays.txt</c>. Countries whose holidays follow the moon or a yearly decree have no rule.
/// </summary>
public static class Holidays
{
    private static readonly FrozenDictionary<string, HolidayRule[]> Rules = EmbeddedTable.Lines("Holidays.txt")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(words => words[0], words => words.Skip(1))
        .ToFrozenDictionary(rule => rule.Key, rule => rule.SelectMany(words => words).Select(HolidayRule.Parse).ToArray());

    /// <summary>Years already computed; only the years of <see cref="IsKept"/>, so that unusual dates do not make it grow.</summary>
    private static readonly ConcurrentDictionary<(string Rule, int Year), HashSet<DateOnly>> Years = [];

    /// <summary>The names of all rules, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is a rule of that name; upper and lower case differ.</summary>
    public static bool Knows(string rule) => Rules.ContainsKey(rule);

    /// <summary>
    /// Whether <paramref name="day"/> is a holiday under <paramref name="rule"/>. A Saturday or Sunday is one only when a holiday
    /// falls on it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no rule of that name.</exception>
    public static bool IsHoliday(string rule, DateOnly day) =>
        // New Year's Day may be kept in the year before: on a Saturday it is the Friday before in the United States.
        In(rule, day.Year).Contains(day) || (day is { Month: 12, Day: 31 } && day.Year < 9999 && In(rule, day.Year + 1).Contains(day));

    private static bool IsKept(int year) => year is >= 1970 and < 2070;

    private static HashSet<DateOnly> In(string rule, int year) =>
        IsKept(year) && Knows(rule) ? Years.GetOrAdd((rule, year), static of => Compute(of.Rule, of.Year)) : Compute(rule, year);

    /// <summary>The rule's holidays of one year, including the days they are moved to.</summary>
    internal static HashSet<DateOnly> Compute(string rule, int year)
    {
        if (!Rules.TryGetValue(rule, out var holidays))
        {
            throw new ArgumentException($"'{rule}' is not a known rule of holidays", nameof(rule));
        }

        var days = new HashSet<DateOnly>();
        var moves = new List<(DateOnly Day, char Shift)>();
        foreach (var holiday in holidays)
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

        // The next free day is known only after all holidays of the year are in the set.
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
