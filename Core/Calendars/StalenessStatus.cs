using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>How out of date a provider's latest rates are, measured against its publication calendar.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StalenessStatus>))]
public enum StalenessStatus
{
    /// <summary>The sheet holds the newest due publication, and that is today's.</summary>
    [JsonStringEnumMemberName("fresh")] Fresh,

    /// <summary>The sheet holds the newest due publication, which is of an earlier day: nothing newer is due.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>One to four due publications were missed.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>Five or more due publications were missed.</summary>
    [JsonStringEnumMemberName("frozen")] Frozen,

    /// <summary>The series has ended: the day is after its last one.</summary>
    [JsonStringEnumMemberName("retired")] Retired,

    /// <summary>There is no sheet.</summary>
    [JsonStringEnumMemberName("missing")] Missing,
}
