namespace Rates.Core;

/// <summary>One publication of a source.</summary>
/// <param name="Day">The source's local day it comes out on.</param>
/// <param name="At">The instant it comes out, UTC.</param>
/// <param name="HoldsFrom">A sheet of this day or later holds it.</param>
internal readonly record struct Publication(DateOnly Day, DateTimeOffset At, DateOnly HoldsFrom);

/// <summary>A publication calendar laid out in days and instants.</summary>
/// <remarks>
/// Local times follow the zone's daylight saving: a time that a change to summer time skips counts as if the clock had not yet
/// been put forward, a time that occurs twice is the first of the two.
/// </remarks>
internal sealed class Timetable(PublicationCalendar calendar)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.Zone);
    private readonly Weekdays _weekdays = Weekdays.Parse(calendar.Days);

    /// <summary>The source's local day and time at <paramref name="instant"/>.</summary>
    public DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).DateTime;

    /// <summary>The instant, UTC, of a local time.</summary>
    public DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max()
            : _zone.GetUtcOffset(_zone.IsInvalidTime(local) ? local.AddDays(-1) : local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The publications of <paramref name="day"/> and before, newest first, without end.</summary>
    public IEnumerable<Publication> Until(DateOnly day)
    {
        for (var period = Start(day); ; period = Start(period.AddDays(-1)))
        {
            // A publication that slipped over holidays may come out after the day asked for although its period began before.
            if (PublicationDay(period) is var publication && publication <= day)
            {
                yield return Publication(publication);
            }
        }
    }

    /// <summary>The publications after <paramref name="day"/>, oldest first, without end.</summary>
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

    /// <summary>Whether the source publishes on such days: one of its weekdays, and no holiday.</summary>
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
                var start = new DateOnly(day.Year, calendar.Cadence == Cadence.Monthly ? day.Month : (day.Month - 1) / 3 * 3 + 1, calendar.DayOfMonth);
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
                return OpenFrom(start.AddDays(1));
        }
    }

    private int Months => calendar.Cadence == Cadence.Monthly ? 1 : 3;

    private DateOnly PublicationDay(DateOnly start) => calendar.Cadence is Cadence.Daily or Cadence.Live ? start : OpenFrom(start);

    private DateOnly OpenFrom(DateOnly day)
    {
        while (!(IsWorking(day) && !IsHoliday(day)))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>A weekly source names only its one day; when that is a holiday it publishes on the next one that people work.</summary>
    private bool IsWorking(DateOnly day) => _weekdays.Contains(day)
        || (calendar.Cadence == Cadence.Weekly && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private Publication Publication(DateOnly day) => new(day, Instant(day, calendar.At), HoldsFrom(day));

    /// <summary>
    /// Daily: the very day it is for. Weekly: any day after the one before was for, as a bank may come out early in a week with
    /// a holiday. Monthly and quarterly: any day of the month it is for, as some date an average with the first and some with
    /// the last day.
    /// </summary>
    private DateOnly HoldsFrom(DateOnly day) => calendar.Cadence switch
    {
        Cadence.Weekly => Shifted(PublicationDay(Start(day).AddDays(-7))).AddDays(1),
        Cadence.Monthly or Cadence.Quarterly => new DateOnly(day.Year, day.Month, 1).AddMonths(-calendar.Lag),
        _ => Shifted(day),
    };

    /// <summary>The day that a publication of <paramref name="day"/> is for: <see cref="PublicationCalendar.Lag"/> open days before.</summary>
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
