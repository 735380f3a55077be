using Rates.Core;

namespace Rates.Api;

/// <summary>When a day ends where a source is.</summary>
internal static class SourceDay
{
    /// <summary>The last moment of a day in the source's time zone, UTC.</summary>
    public static DateTimeOffset EndOf(ProviderProfile profile, DateOnly day) =>
        LocalTime.Instant(day, TimeOnly.MaxValue, LocalTime.Zone(profile.Calendar.Zone));
}
