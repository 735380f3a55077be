using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>How a sheet stands against its source's calendar.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StalenessStatus>))]
public enum StalenessStatus
{
    /// <summary>Holds the newest due publication, and that is today's.</summary>
    [JsonStringEnumMemberName("fresh")] Fresh,

    /// <summary>Holds the newest due publication, which is of an earlier day: nothing has come due since.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>One to four due publications were missed.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>Five or more due publications were missed.</summary>
    [JsonStringEnumMemberName("frozen")] Frozen,

    /// <summary>There is no sheet.</summary>
    [JsonStringEnumMemberName("missing")] Missing,
}
