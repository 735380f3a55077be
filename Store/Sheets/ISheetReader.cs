using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Reads the latest rates of each provider (its sheet) from the store. Every member may be called at any time from any thread.
/// </summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface ISheetReader
{
    /// <summary>
    /// Which sheets are stored, in which version: small enough to ask for once a second. A provider is absent until its first
    /// sheet; <see cref="RateIndex.ProvidersRevision"/> changes with every change of a profile, schedule or health record.
    /// </summary>
    Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken);

    /// <summary>The provider's latest sheet, checked against its own digest; null when there is none.</summary>
    /// <exception cref="CorruptSheetException">What is stored is not a complete sheet of that provider.</exception>
    Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="notify"/> with a provider's key soon after its sheet changed, until the result is disposed.
    /// A notification may be lost, repeated or late, so readers poll the index as well. <paramref name="notify"/> must not
    /// block. When the store cannot be reached this does not throw: notifications begin when it can be reached again.
    /// </summary>
    Task<IAsyncDisposable> WatchAsync(Action<string> notify, CancellationToken cancellationToken);
}
