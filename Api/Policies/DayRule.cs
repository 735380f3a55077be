using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>Which day's rate a policy (a named choice of providers, day and rounding) takes for a requested day.</summary>
internal enum DayRule
{
    /// <summary>The figure of the day, or the last one before it.</summary>
    OnOrBefore,

    /// <summary>The figure of the last working day before the day, by the provider's calendar.</summary>
    WorkingDayBefore,

    /// <summary>The figure of the last day of a quarter that is not after the day.</summary>
    QuarterEnd,

    /// <summary>The figure of the month that the day is in.</summary>
    Month,
}

/// <summary>The days whose published rates may answer for a requested day, first and last.</summary>
/// <param name="From">First day, included; null for as far back as the provider's cadence allows.</param>
/// <param name="To">Last day, included.</param>
internal readonly record struct FigureDays(DateOnly? From, DateOnly To)
{
    /// <summary>Such as <c>2026-08-19</c> or <c>2026-08-01 to 2026-08-20</c>.</summary>
    public override string ToString() => From == To || From is null ? To.ToText() : $"{From.Value.ToText()} to {To.ToText()}";
}

/// <summary>
/// Reads and writes the names of the rules that say which day's rate is taken for a requested day, and applies the rules.
/// </summary>
internal static class DayRules
{
    private static readonly (DayRule Rule, string Name)[] Names =
    [
        (DayRule.OnOrBefore, "on-or-before"), (DayRule.WorkingDayBefore, "working-day-before"), (DayRule.QuarterEnd, "quarter-end"),
        (DayRule.Month, "month"),
    ];

    /// <summary>Such as <c>quarter-end</c>.</summary>
    public static string ToText(this DayRule rule) => Names[(int)rule].Name;

    /// <summary>Reads <c>quarter-end</c>.</summary>
    /// <exception cref="ProblemException">It is the name of no rule.</exception>
    public static DayRule Parse(string name, string value)
    {
        foreach (var (rule, text) in Names)
        {
            if (text == value)
            {
                return rule;
            }
        }

        throw ProblemException.BadValue(name, value, $"is not one of {string.Join(", ", Names.Select(rule => rule.Name))}");
    }

    /// <summary>The days of a provider's figures that answer for a requested day.</summary>
    public static FigureDays DaysFor(this DayRule rule, DateOnly day, PublicationCalendar calendar) => rule switch
    {
        DayRule.WorkingDayBefore => Single(WorkingDays.Before(day, calendar)),
        DayRule.QuarterEnd when calendar.Cadence is Cadence.Daily or Cadence.Live =>
            Single(WorkingDays.OnOrBefore(QuarterEndOf(day), calendar)),
        DayRule.QuarterEnd => Single(QuarterEndOf(day)),
        DayRule.Month => new(new DateOnly(day.Year, day.Month, 1), day),
        _ => new(null, day),
    };

    /// <summary>The rule for a requested day in words.</summary>
    public static string Describe(this DayRule rule, DateOnly day) => rule switch
    {
        DayRule.WorkingDayBefore => $"the working day before {day.ToText()}, by the provider's calendar",
        DayRule.QuarterEnd => $"the last quarter end on or before {day.ToText()}: {QuarterEndOf(day).ToText()}",
        DayRule.Month => $"the month of {day.ToText()}: {day.ToString("yyyy-MM", CultureInfo.InvariantCulture)}",
        _ => $"{day.ToText()}, or the last day before with a figure",
    };

    private static FigureDays Single(DateOnly day) => new(day, day);

    // Before the end of the first quarter there is none to go back to.
    private static DateOnly QuarterEndOf(DateOnly day)
    {
        var end = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 3, 1);
        end = new(end.Year, end.Month, DateTime.DaysInMonth(end.Year, end.Month));
        return end <= day ? end : DateOnly.FromDayNumber(Math.Max(0, new DateOnly(end.Year, end.Month - 2, 1).DayNumber - 1));
    }
}
