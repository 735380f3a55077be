namespace Rates.Store;

/// <summary>When a provider is fetched.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Quartz cron expression (seconds first), in <see cref="Zone"/>.</summary>
    public required string Cron { get; init; }

    /// <summary>IANA time zone of the expression.</summary>
    public required string Zone { get; init; }

    /// <summary>False: never fetched.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Least time between two fetches of the provider, whatever the expression says.</summary>
    public TimeSpan MinimumGap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rises with each edit of this definition; 0 before it is stored.</summary>
    public long Revision { get; init; }

    /// <summary>Who set it: <c>shipped</c>, or an operator's name.</summary>
    public string By { get; init; } = "shipped";

    /// <summary>When it was set, UTC, by the store's clock.</summary>
    public DateTimeOffset At { get; init; }
}
