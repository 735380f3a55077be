using Rates.Core;

namespace Rates.Store;

/// <summary>Reads and stores rates of past days, and how far back a provider's history is complete. For workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IHistory : IHistoryReader
{
    /// <summary>
    /// Stores observations by day. Figures of a day that change are kept as a revision of that day. A figure that is stored already keeps
    /// its mark as unconfirmed, or none, whatever the observation says. Returns how many days changed.
    /// </summary>
    Task<int> UpsertHistoryAsync(
        string provider, IReadOnlyList<Observation> observations, DateTimeOffset fetchedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the marks as unconfirmed off those stored figures that equal one of <paramref name="confirmed"/>; the others stay as they are.
    /// Each changed day has a revision that knows the marks. Returns how many days changed.
    /// </summary>
    Task<int> ConfirmHistoryAsync(
        string provider, IReadOnlyList<Observation> confirmed, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The first day from which on the backfill is complete; null before its first step.</summary>
    Task<DateOnly?> ReadBackfilledAsync(string provider, CancellationToken cancellationToken);

    /// <summary>
    /// Records that history is complete from <paramref name="from"/> on, and forgets the piece that failed.
    /// </summary>
    Task WriteBackfilledAsync(string provider, DateOnly from, CancellationToken cancellationToken);

    /// <summary>The piece that failed last; null when there is none, or what is stored cannot be read.</summary>
    Task<FailedBackfill?> ReadFailedBackfillAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Records the piece that failed, over the one before.</summary>
    Task WriteFailedBackfillAsync(string provider, FailedBackfill failed, CancellationToken cancellationToken);
}
