namespace Rates.Core;

/// <summary>One publication of rates that is due by a source's calendar: its day and instant.</summary>
/// <param name="Day">The day it is published, in the source's time zone.</param>
/// <param name="At">The instant it is published, UTC.</param>
/// <param name="HoldsFrom">A sheet of this day or of a later day contains this publication.</param>
internal readonly record struct Publication(DateOnly Day, DateTimeOffset At, DateOnly HoldsFrom);

/// <summary>Computes when a source publishes by its <see cref="PublicationCalendar"/>: the days and instants.</summary>
/// <remarks>Local times are converted by <see cref="LocalTime"/>.</remarks>
internal sealed class PublicationTimes(PublicationCalendar calendar)
{
    private readonly TimeZoneInfo _zone = LocalTime.Zone(calendar.Zone);
    private readonly Weekdays _weekdays = Weekdays.Parse(calendar.Days);

    /// <summary>Day and time in the source's zone at <paramref name="instant"/>.</summary>
    public DateTime Local(DateTimeOffset instant) => LocalTime.At(instant, _zone);

    /// <summary>Day in the source's zone at <paramref name="instant"/>.</summary>
    public DateOnly LocalDay(DateTimeOffset instant) => LocalTime.Day(instant, _zone);

    /// <summary>The instant, UTC, of a time of day in the source's zone.</summary>
    public DateTimeOffset Instant(DateOnly day, TimeOnly time) => LocalTime.Instant(day, time, _zone);

    /// <summary>The publications on <paramref name="day"/> and before, newest first. The sequence does not end.</summary>
    public IEnumerable<Publication> Until(DateOnly day)
    {
        for (var period = Start(day); ; period = Start(period.AddDays(-1)))
        {
            // Holidays may delay a publication beyond the requested day although its period began before that day.
            if (PublicationDay(period) is var publication && publication <= day)
            {
                yield return Publication(publication);
            }
        }
    }

    /// <summary>The publications after <paramref name="day"/>, oldest first. The sequence does not end.</summary>
    public IEnumerable<Publication> After(DateOnly day)
    {
        for (var period = Start(day); ; period = Next(period))
        {
            if (PublicationDay(period) is var publication && publication > day)
            {
                yield return Publication(publication);
            }
        }
    }

    /// <summary>Whether <paramref name="day"/> is one of the source's weekdays and no holiday.</summary>
    public bool IsOpen(DateOnly day) => _weekdays.Contains(day) && !IsHoliday(day);

    private bool IsHoliday(DateOnly day) => calendar.Holidays is { } rule && Holidays.IsHoliday(rule, day);

    /// <summary>First day of the newest period (day, week, month, quarter) that began on <paramref name="day"/> or before.</summary>
    private DateOnly Start(DateOnly day)
    {
        switch (calendar.Cadence)
        {
            case Cadence.Weekly:
                return day.AddDays(-(((int)day.DayOfWeek - (int)_weekdays.First + 7) % 7));
            case Cadence.Monthly or Cadence.Quarterly:
                var month = calendar.Cadence == Cadence.Monthly ? day.Month : (day.Month - 1) / 3 * 3 + 1;
                var start = new DateOnly(day.Year, month, calendar.DayOfMonth);
                return start <= day ? start : start.AddMonths(-Months);
            default:
                while (!IsOpen(day))
                {
                    day = day.AddDays(-1);
                }

                return day;
        }
    }

    private DateOnly Next(DateOnly start)
    {
        switch (calendar.Cadence)
        {
            case Cadence.Weekly:
                return start.AddDays(7);
            case Cadence.Monthly or Cadence.Quarterly:
                return start.AddMonths(Months);
            default:
                return PublicationDay(start.AddDays(1));
        }
    }

    private int Months => calendar.Cadence == Cadence.Monthly ? 1 : 3;

    /// <summary>The first day from <paramref name="day"/> on that has a publication, for a period that starts there.</summary>
    private DateOnly PublicationDay(DateOnly day)
    {
        while (!(IsWorking(day) && !IsHoliday(day)))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>
    /// A weekly source lists only its one day. When that day is a holiday it publishes on the next working day, Monday to Friday.
    /// </summary>
    private bool IsWorking(DateOnly day) => _weekdays.Contains(day)
        || (calendar.Cadence == Cadence.Weekly && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private Publication Publication(DateOnly day) => new(day, Instant(day, calendar.At), HoldsFrom(day));

    /// <summary>
    /// Daily: the day the figures hold for. Weekly: any day after the day of the publication before, because a bank may publish early
    /// in a week with a holiday. Monthly and quarterly: any day of the month they hold for, because some sources date an average with
    /// the first and some with the last day.
    /// </summary>
    private DateOnly HoldsFrom(DateOnly day) => calendar.Cadence switch
    {
        Cadence.Weekly => Shifted(PublicationDay(Start(day).AddDays(-7))).AddDays(1),
        Cadence.Monthly or Cadence.Quarterly => new DateOnly(day.Year, day.Month, 1).AddMonths(-calendar.Lag),
        _ => Shifted(day),
    };

    /// <summary>
    /// The day that a publication of <paramref name="day"/> holds for: <see cref="PublicationCalendar.Lag"/> open days before.
    /// </summary>
    private DateOnly Shifted(DateOnly day)
    {
        for (var left = calendar.Lag; left != 0; left -= Math.Sign(left))
        {
            do
            {
                day = day.AddDays(-Math.Sign(left));
            }
            while (!IsWorking(day) || IsHoliday(day));
        }

        return day;
    }
}
