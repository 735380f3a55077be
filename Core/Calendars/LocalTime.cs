namespace Rates.Core;

/// <summary>Converts between instants and local times of a time zone. All rules of daylight saving time are here.</summary>
public static class LocalTime
{
    /// <summary>The zone of an IANA name such as <c>Europe/Berlin</c>.</summary>
    /// <exception cref="TimeZoneNotFoundException">The name is not known on this machine.</exception>
    public static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    /// <summary>Day and time in <paramref name="zone"/> at <paramref name="instant"/>.</summary>
    public static DateTime At(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <summary>The calendar day in <paramref name="zone"/> at <paramref name="instant"/>.</summary>
    public static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(At(instant, zone));

    /// <inheritdoc cref="Day(DateTimeOffset, TimeZoneInfo)"/>
    /// <exception cref="TimeZoneNotFoundException">The zone's name is not known on this machine.</exception>
    public static DateOnly Day(DateTimeOffset instant, string zone) => Day(instant, Zone(zone));

    /// <summary>Today in UTC.</summary>
    public static DateOnly UtcToday(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
    }

    /// <summary>The instant, UTC, of a time of day in <paramref name="zone"/>.</summary>
    /// <remarks>
    /// A time that the change to summer time skips is converted with the offset before the change. A time that occurs twice means
    /// the first of the two.
    /// </remarks>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(zone.IsInvalidTime(local) ? local.AddDays(-1) : local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
