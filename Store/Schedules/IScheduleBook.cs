namespace Rates.Store;

/// <summary>When each provider is asked: shipped defaults fill gaps, what an operator changed stays.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store cannot be reached within its deadline.</exception>
public interface IScheduleBook
{
    /// <summary>The cluster-wide counter that every change moves.</summary>
    Task<long> ReadRevisionAsync(CancellationToken cancellationToken);

    /// <summary>Every definition, by provider; one that cannot be read is left out and counts as not stored, at revision 0.</summary>
    Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores those definitions whose provider has none; replaces an untouched shipped one by a newer shipped one.</summary>
    Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a definition if its revision still is <paramref name="expectedRevision"/>, writes the audit entry and returns the
    /// stored definition with its new revision; null when somebody else was first (read again and decide).
    /// </summary>
    Task<ScheduleDefinition?> EditAsync(string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="hint"/> soon after a definition changed, until the result is disposed; only a hint, as in
    /// <see cref="IRateReader.WatchAsync"/>.
    /// </summary>
    Task<IAsyncDisposable> WatchAsync(Action hint, CancellationToken cancellationToken);
}

/// <summary>When a provider is asked.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Quartz cron expression (seconds first), in <see cref="Zone"/>.</summary>
    public required string Cron { get; init; }

    /// <summary>IANA time zone of the expression.</summary>
    public required string Zone { get; init; }

    /// <summary>False: never asked.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Least time between two fetches of the provider, whatever the expression says.</summary>
    public TimeSpan MinimumGap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rises with each edit of this definition; 0 before it is stored.</summary>
    public long Revision { get; init; }

    /// <summary>Who set it: <c>shipped</c>, or an operator.</summary>
    public string By { get; init; } = "shipped";

    /// <summary>When it was set, UTC; the store's clock.</summary>
    public DateTimeOffset At { get; init; }
}
