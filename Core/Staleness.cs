namespace Rates.Core;

/// <summary>The age of a sheet, measured against its source's publication calendar.</summary>
public static class Staleness
{
    /// <summary>How a sheet of day <paramref name="asOf"/> stands at <paramref name="now"/>.</summary>
    public static StalenessStatus Of(DateOnly? asOf, PublicationCalendar calendar, DateTimeOffset now) =>
        asOf is not { } day ? StalenessStatus.Missing : Missed(day, calendar, now) switch { 0 => StalenessStatus.Fresh, < 5 => StalenessStatus.Stale, _ => StalenessStatus.Frozen };

    /// <summary>Publications due by <paramref name="now"/>, grace included, that a sheet of <paramref name="asOf"/> lacks.</summary>
    public static int Missed(DateOnly asOf, PublicationCalendar calendar, DateTimeOffset now) =>
        calendar.Cadence == Cadence.None ? 0 : Math.Max(0, DateOnly.FromDateTime(now.UtcDateTime).DayNumber - asOf.DayNumber - 3);

    /// <summary>The next publication after <paramref name="now"/>; null for a source that publishes no more.</summary>
    public static DateTimeOffset? NextExpectedAt(PublicationCalendar calendar, DateTimeOffset now) => calendar.Cadence == Cadence.None ? null : now.AddDays(1);

    /// <summary>When the status may change next without a new publication; null for never.</summary>
    public static DateTimeOffset? StatusChangesAt(DateOnly? asOf, PublicationCalendar calendar, DateTimeOffset now) =>
        asOf is null ? null : NextExpectedAt(calendar, now);
}
