namespace Rates.Core;

/// <summary>Finds the working days of a source: those of its weekdays that are no holiday in its calendar.</summary>
public static class WorkingDays
{
    /// <summary>The last working day before <paramref name="day"/>; 0001-01-01 where the calendar of the computer begins.</summary>
    /// <exception cref="FormatException">The calendar's days cannot be read; see <see cref="PublicationCalendar.Validate"/>.</exception>
    /// <exception cref="TimeZoneNotFoundException">The calendar's zone is unknown.</exception>
    public static DateOnly Before(DateOnly day, PublicationCalendar calendar) =>
        day == DateOnly.MinValue ? day : OnOrBefore(day.AddDays(-1), calendar);

    /// <summary><paramref name="day"/>, or the last working day before it.</summary>
    /// <inheritdoc cref="Before"/>
    public static DateOnly OnOrBefore(DateOnly day, PublicationCalendar calendar)
    {
        var times = new PublicationTimes(calendar);
        while (!times.IsOpen(day) && day > DateOnly.MinValue)
        {
            day = day.AddDays(-1);
        }

        return day;
    }
}
