namespace Rates.Core;

/// <summary>Days on which publishers of a country or system do not publish.</summary>
public static class Holidays
{
    /// <summary>Whether <paramref name="day"/> is a holiday under <paramref name="rule"/>.</summary>
    public static bool IsHoliday(string rule, DateOnly day) => Knows(rule) && day is { Month: 12, Day: 25 };

    /// <summary>Whether there is a rule of that name.</summary>
    public static bool Knows(string rule) => rule == "TARGET";
}
