using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>How often a source publishes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Cadence>))]
public enum Cadence
{
    /// <summary>On the calendar's weekdays.</summary>
    [JsonStringEnumMemberName("daily")] Daily,

    /// <summary>Through the day, on the calendar's weekdays.</summary>
    [JsonStringEnumMemberName("live")] Live,

    /// <summary>Once a week, on the calendar's first weekday.</summary>
    [JsonStringEnumMemberName("weekly")] Weekly,

    /// <summary>Once a month, on <see cref="PublicationCalendar.DayOfMonth"/> or the next open day.</summary>
    [JsonStringEnumMemberName("monthly")] Monthly,

    /// <summary>Once a quarter, on <see cref="PublicationCalendar.DayOfMonth"/> of its first month or the next open day.</summary>
    [JsonStringEnumMemberName("quarterly")] Quarterly,

    /// <summary>Never again: a closed history, or figures that change only by decree.</summary>
    [JsonStringEnumMemberName("none")] None,
}

/// <summary>When a source publishes, in its own time zone: what staleness is measured against.</summary>
public sealed record PublicationCalendar
{
    private const int MaxLag = 31;

    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(31);

    /// <summary>How often; daily unless said.</summary>
    public Cadence Cadence { get; init; } = Cadence.Daily;

    /// <summary>Weekdays with a publication, as <c>MON-FRI</c>, <c>SUN-THU</c> or <c>MON,WED</c>; Monday to Friday unless said.</summary>
    public string Days { get; init; } = "MON-FRI";

    /// <summary>Time of day the publication is out, in <see cref="Zone"/>.</summary>
    public TimeOnly At { get; init; } = new(17, 0);

    /// <summary>IANA time zone of <see cref="At"/> and of the source's days.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>How long after <see cref="At"/> a publication may come before it counts as missed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Name of a holiday rule of <c>Holidays</c> such as <c>TARGET</c>; null where none is known.</summary>
    public string? Holidays { get; init; }

    /// <summary>
    /// Publication days between a publication and the day it holds for: 0 for the same day, -1 when it holds for the next
    /// one, 1 when it is for the day before. For monthly and quarterly sources, in months.
    /// </summary>
    public int Lag { get; init; }

    /// <summary>Day of the month of a monthly or quarterly publication, 1 to 28.</summary>
    public int DayOfMonth { get; init; } = 1;

    /// <summary>What is wrong with it, one line per fault, each naming the bad value; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Enum.IsDefined(Cadence) ? [] : new[] { $"cadence '{Cadence}' is unknown" },
        .. Weekdays.TryParse(Days, out _) ? [] : new[] { $"days '{Days}' are not weekdays such as MON-FRI, SUN-THU or MON,WED" },
        .. TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) ? [] : new[] { $"zone '{Zone}' is not a known IANA time zone" },
        .. Grace >= TimeSpan.Zero && Grace <= MaxGrace ? [] : new[] { $"grace '{Grace}' is outside 0 to {MaxGrace.Days} days" },
        .. Holidays is null || Core.Holidays.Knows(Holidays) ? [] : new[] { $"holidays '{Holidays}' is not a known rule; known are {string.Join(", ", Core.Holidays.Names)}" },
        .. Lag is >= -MaxLag and <= MaxLag ? [] : new[] { $"lag '{Lag}' is outside -{MaxLag} to {MaxLag}" },
        .. DayOfMonth is >= 1 and <= 28 ? [] : new[] { $"dayOfMonth '{DayOfMonth}' is outside 1 to 28" },
    ];
}
