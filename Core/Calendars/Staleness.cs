namespace Rates.Core;

/// <summary>
/// The age of a sheet, measured against its source's publication calendar: days, time of day, time zone, holidays and lag.
/// Never a fixed age, so that Christmas is not an outage.
/// </summary>
/// <remarks>
/// A live source is measured by its days: one publication per open day, due at the calendar's time. The age within a day is
/// <see cref="RateSheet.CheckedAt"/>'s to tell.
/// </remarks>
/// <exception cref="FormatException">The calendar's days do not read; see <see cref="PublicationCalendar.Validate"/>.</exception>
/// <exception cref="TimeZoneNotFoundException">The calendar's zone is unknown.</exception>
public static class Staleness
{
    private const int Frozen = 5;

    /// <summary>Enough to know a source for dead; spares walking centuries back for a sheet with a broken date.</summary>
    private const int CountedAtMost = 1000;

    /// <summary>How a sheet of day <paramref name="asOf"/> (null: no sheet) stands at <paramref name="now"/>.</summary>
    public static StalenessStatus Of(DateOnly? asOf, PublicationCalendar calendar, DateTimeOffset now)
    {
        if (asOf is not { } day)
        {
            return StalenessStatus.Missing;
        }

        if (calendar.Cadence == Cadence.None)
        {
            return StalenessStatus.Closed;
        }

        var timetable = new Timetable(calendar);
        return Lacking(day, calendar, timetable, now).Take(Frozen).Count() switch
        {
            0 => IsOfToday(day, timetable, now) ? StalenessStatus.Fresh : StalenessStatus.Closed,
            < Frozen => StalenessStatus.Stale,
            _ => StalenessStatus.Frozen,
        };
    }

    /// <summary>
    /// Publications due by <paramref name="now"/>, grace included, that a sheet of <paramref name="asOf"/> lacks. 0 for a
    /// source that publishes no more; counted up to 1000.
    /// </summary>
    public static int Missed(DateOnly asOf, PublicationCalendar calendar, DateTimeOffset now) =>
        calendar.Cadence == Cadence.None ? 0 : Lacking(asOf, calendar, new(calendar), now).Take(CountedAtMost).Count();

    /// <summary>
    /// The instant, UTC, of the next publication after <paramref name="now"/>; of a live source the next full hour of an open
    /// day. Null for a source that publishes no more.
    /// </summary>
    public static DateTimeOffset? NextExpectedAt(PublicationCalendar calendar, DateTimeOffset now)
    {
        if (calendar.Cadence == Cadence.None)
        {
            return null;
        }

        var timetable = new Timetable(calendar);
        var today = DateOnly.FromDateTime(timetable.Local(now));
        return calendar.Cadence == Cadence.Live
            ? NextHour(timetable, today, now)
            : timetable.After(today.AddDays(-1)).First(publication => publication.At > now).At;
    }

    /// <summary>
    /// The instant, UTC, when the status at <paramref name="now"/> may change without a new publication: midnight at the
    /// source ends fresh, the end of the next publication's grace ends closed and adds to stale. Null where nothing changes:
    /// without a sheet, when frozen, and for a source that publishes no more.
    /// </summary>
    public static DateTimeOffset? StatusChangesAt(DateOnly? asOf, PublicationCalendar calendar, DateTimeOffset now)
    {
        var status = Of(asOf, calendar, now);
        if (asOf is not { } day || calendar.Cadence == Cadence.None || status == StalenessStatus.Frozen)
        {
            return null;
        }

        var timetable = new Timetable(calendar);
        var overdue = now - calendar.Grace;
        var missedAt = timetable.After(DateOnly.FromDateTime(timetable.Local(overdue)).AddDays(-1))
            .First(publication => publication.At > overdue && publication.HoldsFrom > day).At + calendar.Grace;
        var midnight = timetable.Instant(DateOnly.FromDateTime(timetable.Local(now)).AddDays(1), TimeOnly.MinValue);
        return status == StalenessStatus.Fresh && midnight < missedAt ? midnight : missedAt;
    }

    /// <summary>The publications due by now that the sheet lacks, newest first.</summary>
    private static IEnumerable<Publication> Lacking(DateOnly asOf, PublicationCalendar calendar, Timetable timetable, DateTimeOffset now)
    {
        var overdue = now - calendar.Grace;
        return timetable.Until(DateOnly.FromDateTime(timetable.Local(overdue)))
            .SkipWhile(publication => publication.At > overdue)
            .TakeWhile(publication => publication.HoldsFrom > asOf);
    }

    /// <summary>Whether the sheet is for today at the source, or holds a publication of today or later that is for another day.</summary>
    private static bool IsOfToday(DateOnly asOf, Timetable timetable, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(timetable.Local(now));
        return asOf >= today || timetable.After(today.AddDays(-1)).First().HoldsFrom <= asOf;
    }

    private static DateTimeOffset NextHour(Timetable timetable, DateOnly today, DateTimeOffset now)
    {
        if (timetable.IsOpen(today))
        {
            var local = timetable.Local(now);
            var next = now.AddTicks(TimeSpan.TicksPerHour - local.TimeOfDay.Ticks % TimeSpan.TicksPerHour).ToUniversalTime();
            if (DateOnly.FromDateTime(timetable.Local(next)) == today)
            {
                return next;
            }
        }

        return timetable.Instant(timetable.After(today).First().Day, TimeOnly.MinValue);
    }
}
