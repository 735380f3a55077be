using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>How often a source publishes rates, such as daily or monthly.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Cadence>))]
public enum Cadence
{
    /// <summary>Once a day, on the calendar's weekdays.</summary>
    [JsonStringEnumMemberName("daily")] Daily,

    /// <summary>Many times a day, on the calendar's weekdays.</summary>
    [JsonStringEnumMemberName("live")] Live,

    /// <summary>Once a week, on the calendar's first weekday.</summary>
    [JsonStringEnumMemberName("weekly")] Weekly,

    /// <summary>Once a month, on <see cref="PublicationCalendar.DayOfMonth"/> or the next open day.</summary>
    [JsonStringEnumMemberName("monthly")] Monthly,

    /// <summary>Once a quarter, on <see cref="PublicationCalendar.DayOfMonth"/> of its first month or the next open day.</summary>
    [JsonStringEnumMemberName("quarterly")] Quarterly,

    /// <summary>No more publications: a closed history, or figures that change only by decree.</summary>
    [JsonStringEnumMemberName("none")] None,
}

/// <summary>When a source publishes rates, in its own time zone. Whether rates are out of date is measured against it.</summary>
public sealed record PublicationCalendar
{
    private const int MaxLag = 31;

    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(31);

    /// <summary>How often it publishes; daily unless set.</summary>
    public Cadence Cadence { get; init; } = Cadence.Daily;

    /// <summary>
    /// Weekdays with a publication, such as <c>MON-FRI</c>, <c>SUN-THU</c> or <c>MON,WED</c>; Monday to Friday unless set.
    /// </summary>
    public string Days { get; init; } = "MON-FRI";

    /// <summary>Time of day of the publication, in <see cref="Zone"/>; 17:00 unless set.</summary>
    public TimeOnly At { get; init; } = new(17, 0);

    /// <summary>IANA time zone of <see cref="At"/> and of the source's days; UTC unless set.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>
    /// How late after <see cref="At"/> a publication may come before it counts as missed; 0 to 31 days, 3 hours unless set.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Name of a rule of <c>Holidays</c>, such as <c>TARGET</c>; null when no holidays are known.</summary>
    public string? Holidays { get; init; }

    /// <summary>
    /// Publication days from the day a figure holds for to the day it is published: 0 for the same day, 1 when it is published one
    /// day after, -1 when it is published one day before. In months for monthly and quarterly sources. -31 to 31; 0 unless set.
    /// </summary>
    public int Lag { get; init; }

    /// <summary>Day of the month of a monthly or quarterly publication, 1 to 28; 1 unless set.</summary>
    public int DayOfMonth { get; init; } = 1;

    /// <summary>The faults of this calendar, one line each, naming the setting and its value; empty when there are none.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Enum.IsDefined(Cadence) ? [] : new[] { $"cadence '{Cadence}' is unknown" },
        .. Weekdays.TryParse(Days, out _) ? [] : new[] { $"days '{Days}' are not weekdays such as MON-FRI, SUN-THU or MON,WED" },
        .. TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) ? [] : new[] { $"zone '{Zone}' is not a known IANA time zone" },
        .. Grace >= TimeSpan.Zero && Grace <= MaxGrace ? [] : new[] { $"grace '{Grace}' is outside 0 to {MaxGrace.Days} days" },
        .. Holidays is null || Core.Holidays.Knows(Holidays)
            ? []
            : new[] { $"holidays '{Holidays}' is not a known rule; known are {string.Join(", ", Core.Holidays.Names)}" },
        .. Lag is >= -MaxLag and <= MaxLag ? [] : new[] { $"lag '{Lag}' is outside -{MaxLag} to {MaxLag}" },
        .. DayOfMonth is >= 1 and <= 28 ? [] : new[] { $"dayOfMonth '{DayOfMonth}' is outside 1 to 28" },
    ];
}
