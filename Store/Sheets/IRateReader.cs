using Rates.Core;

namespace Rates.Store;

/// <summary>What readers of rates need of the store. Every member may be called at any time from any thread.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store cannot be reached within its deadline.</exception>
public interface IRateReader
{
    /// <summary>
    /// What is stored and in which version: small enough to ask for once a second. A provider is absent until its first
    /// sheet; <see cref="RateIndex.ProvidersRevision"/> moves when any profile, schedule or health changed.
    /// </summary>
    Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken);

    /// <summary>The provider's latest sheet, checked against its own digest; null when there is none.</summary>
    /// <exception cref="CorruptSheetException">What is stored is not a whole sheet of that provider.</exception>
    Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Every provider that a worker has made known, by key; a record that cannot be read is left out.</summary>
    Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stored observations of the days <paramref name="first"/> to <paramref name="last"/>, both included, oldest day first; of a
    /// day published more than once, the last revision. Empty when nothing is stored of them.
    /// </summary>
    /// <exception cref="CorruptSheetException">What is stored of one of the days cannot be read.</exception>
    Task<IReadOnlyList<Observation>> ReadHistoryAsync(string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="hint"/> with a provider's key soon after its sheet changed, until the result is disposed. Only a
    /// hint: it may be lost, doubled or late, so readers poll the index as well. <paramref name="hint"/> must not block. A
    /// store that is away is no failure here: watching begins when it is back, and again after each time it was away.
    /// </summary>
    Task<IAsyncDisposable> WatchAsync(Action<string> hint, CancellationToken cancellationToken);
}
