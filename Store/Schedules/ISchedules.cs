namespace Rates.Store;

/// <summary>Stores the schedules by which providers are fetched: shipped definitions fill gaps, what an operator changed stays.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface ISchedules
{
    /// <summary>A counter that rises with every change of any definition, made by any process.</summary>
    Task<long> ReadRevisionAsync(CancellationToken cancellationToken);

    /// <summary>Every definition, by provider; one that cannot be read is left out and counts as not stored, at revision 0.</summary>
    Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores those definitions whose provider has none; replaces an untouched shipped one by a newer shipped one.</summary>
    Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a definition if its revision still is <paramref name="expectedRevision"/>, writes the audit entry and returns the
    /// stored definition with its new revision; null when another edit came first (read again and decide).
    /// </summary>
    Task<ScheduleDefinition?> EditAsync(
        string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="notify"/> soon after a definition changed, until the result is disposed. As with
    /// <see cref="ISheetReader.WatchAsync"/> a notification may be lost, repeated or late.
    /// </summary>
    Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken);
}
