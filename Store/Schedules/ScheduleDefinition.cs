using System.Text.Json.Serialization;

namespace Rates.Store;

/// <summary>The settings of a provider's schedule: a cron expression or an interval, its time zone, and whether it is enabled.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>The value of <see cref="By"/> for a definition that somebody wrote into the store itself.</summary>
    public const string ByHand = "by hand";

    /// <summary>
    /// Cron expression in <see cref="Zone"/>: six fields, seconds first, or five without seconds; empty where <see
    /// cref="Every"/> is set.
    /// </summary>
    public required string Cron { get; init; }

    /// <summary>A fixed interval in place of <see cref="Cron"/>; null for none.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>IANA time zone of the expression.</summary>
    public required string Zone { get; init; }

    /// <summary>Whether the provider is fetched; false pauses it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// True: an operator took changes back. The next worker that reads this restores the shipped definition; until then
    /// it is not in force.
    /// </summary>
    public bool Reset { get; init; }

    /// <summary>Whether the provider is fetched by this definition.</summary>
    [JsonIgnore]
    public bool IsActive => Enabled && !Reset;

    /// <summary>Least time between two fetches of the provider, regardless of the expression.</summary>
    public TimeSpan MinimumGap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rises with each edit of this definition; 0 before it is stored.</summary>
    public long Revision { get; init; }

    /// <summary>Who set it: <c>shipped</c>, <see cref="ByHand"/>, or an operator's name.</summary>
    public string By { get; init; } = "shipped";

    /// <summary>When it was set, UTC, by the store's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>
    /// What is wrong with a text that somebody stored by hand in place of this definition; empty when nothing is. That text stays
    /// stored, and this definition stays in force.
    /// </summary>
    [JsonIgnore]
    public string HandProblem { get; init; } = "";
}
