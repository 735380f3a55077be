namespace Rates.Store;

/// <summary>Stores the schedules by which providers are fetched: shipped definitions fill gaps, what an operator changed stays.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface ISchedules
{
    /// <summary>A counter that rises with every change of any definition, made by any process.</summary>
    Task<long> ReadRevisionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Every definition in force, by provider. A provider whose stored text cannot be read and that had no definition before is left
    /// out and counts as not stored, at revision 0.
    /// </summary>
    Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Stores those definitions whose provider has none; replaces an untouched shipped one by a newer shipped one.</summary>
    Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken);

    /// <summary>
    /// Takes over what somebody changed in the stored texts by hand: members that a text leaves out are filled from
    /// <paramref name="shipped"/>, the definition gets its next revision, and the record of changes names it "by hand". A text that
    /// cannot be used stays as it is, and the definition before it stays in force. Returns how many were taken over.
    /// </summary>
    Task<int> TakeHandEditsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken);

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
