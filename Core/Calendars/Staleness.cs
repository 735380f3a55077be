namespace Rates.Core;

/// <summary>
/// Computes how out of date a provider's latest rates are, measured against its publication calendar: days, time of day, time zone,
/// holidays and lag. It is never a fixed number of hours, so that holidays do not count as an outage.
/// </summary>
/// <remarks>
/// A live source is measured by days: one publication per open day, due at the calendar's time. For its age within a day see
/// <see cref="RateSheet.CheckedAt"/>.
/// </remarks>
/// <exception cref="FormatException">The calendar's days cannot be read; see <see cref="PublicationCalendar.Validate"/>.</exception>
/// <exception cref="TimeZoneNotFoundException">The calendar's zone is unknown.</exception>
public static class Staleness
{
    private const int Frozen = 5;

    /// <summary>Upper limit of the count, so that a sheet with a wrong date is not counted back for centuries.</summary>
    private const int CountedAtMost = 1000;

    /// <summary>
    /// The status at <paramref name="now"/> of a sheet of day <paramref name="asOf"/>; null means that there is no sheet.
    /// </summary>
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

        var timetable = new PublicationTimes(calendar);
        return MissedPublications(day, calendar, timetable, now).Take(Frozen).Count() switch
        {
            0 => IsOfToday(day, timetable, now) ? StalenessStatus.Fresh : StalenessStatus.Closed,
            < Frozen => StalenessStatus.Stale,
            _ => StalenessStatus.Frozen,
        };
    }

    /// <summary>The status as above, by the provider's calendar and its last day.</summary>
    /// <remarks>A closed series is retired after its last day; until then it counts as published daily.</remarks>
    public static StalenessStatus Of(DateOnly? asOf, ProviderProfile profile, DateTimeOffset now) => profile switch
    {
        { HistoryUntil: null } => Of(asOf, profile.Calendar, now),
        _ when LocalTime.Day(now, profile.Calendar.Zone) > profile.HistoryUntil => StalenessStatus.Retired,
        { Calendar.Cadence: Cadence.None } => Of(asOf, profile.Calendar with { Cadence = Cadence.Daily }, now),
        _ => Of(asOf, profile.Calendar, now),
    };

    /// <summary>
    /// Number of publications that were due at <paramref name="now"/> (grace has passed) and are newer than a sheet of
    /// <paramref name="asOf"/>. 0 for a source that publishes no more; at most 1000.
    /// </summary>
    public static int Missed(DateOnly asOf, PublicationCalendar calendar, DateTimeOffset now) =>
        calendar.Cadence == Cadence.None ? 0 : MissedPublications(asOf, calendar, new(calendar), now).Take(CountedAtMost).Count();

    /// <summary>
    /// The instant, UTC, of the next publication after <paramref name="now"/>; for a live source the next full hour of an open day.
    /// Null for a source that publishes no more.
    /// </summary>
    public static DateTimeOffset? NextExpectedAt(PublicationCalendar calendar, DateTimeOffset now)
    {
        if (calendar.Cadence == Cadence.None)
        {
            return null;
        }

        var timetable = new PublicationTimes(calendar);
        var today = timetable.LocalDay(now);
        return calendar.Cadence == Cadence.Live
            ? NextHour(timetable, today, now)
            : timetable.After(today.AddDays(-1)).First(publication => publication.At > now).At;
    }

    /// <summary>
    /// The instant, UTC, from which the status may differ from the one at <paramref name="now"/> without a new publication. Fresh
    /// ends at midnight in the source's zone; closed and stale may change when the grace of the next publication ends. Null when it
    /// cannot change: without a sheet, when frozen, and for a source that publishes no more.
    /// </summary>
    public static DateTimeOffset? StatusChangesAt(DateOnly? asOf, PublicationCalendar calendar, DateTimeOffset now)
    {
        var status = Of(asOf, calendar, now);
        if (asOf is not { } day || calendar.Cadence == Cadence.None || status == StalenessStatus.Frozen)
        {
            return null;
        }

        var timetable = new PublicationTimes(calendar);
        var overdue = now - calendar.Grace;
        var missedAt = timetable.After(timetable.LocalDay(overdue).AddDays(-1))
            .First(publication => publication.At > overdue && publication.HoldsFrom > day).At + calendar.Grace;
        var midnight = timetable.Instant(timetable.LocalDay(now).AddDays(1), TimeOnly.MinValue);
        return status == StalenessStatus.Fresh && midnight < missedAt ? midnight : missedAt;
    }

    /// <summary>The publications due at <paramref name="now"/> that are newer than the sheet, newest first.</summary>
    private static IEnumerable<Publication> MissedPublications(DateOnly asOf, PublicationCalendar calendar, PublicationTimes timetable,
        DateTimeOffset now)
    {
        var overdue = now - calendar.Grace;
        return timetable.Until(timetable.LocalDay(overdue))
            .SkipWhile(publication => publication.At > overdue)
            .TakeWhile(publication => publication.HoldsFrom > asOf);
    }

    /// <summary>Whether the sheet is of today in the source's zone, or holds the publication that comes out today or next.</summary>
    private static bool IsOfToday(DateOnly asOf, PublicationTimes timetable, DateTimeOffset now)
    {
        var today = timetable.LocalDay(now);
        return asOf >= today || timetable.After(today.AddDays(-1)).First().HoldsFrom <= asOf;
    }

    private static DateTimeOffset NextHour(PublicationTimes timetable, DateOnly today, DateTimeOffset now)
    {
        if (timetable.IsOpen(today))
        {
            var local = timetable.Local(now);
            var next = now.AddTicks(TimeSpan.TicksPerHour - local.TimeOfDay.Ticks % TimeSpan.TicksPerHour).ToUniversalTime();
            if (timetable.LocalDay(next) == today)
            {
                return next;
            }
        }

        return timetable.Instant(timetable.After(today).First().Day, TimeOnly.MinValue);
    }
}
