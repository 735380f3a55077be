using Rates.Core;

namespace Rates.Store;

/// <summary>What workers need of the store: the referee between them, and the one way to publish.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store cannot be reached within its deadline.</exception>
/// <exception cref="CorruptSheetException">Under a key of the provider or of the store somebody put another type of value; nothing was written.</exception>
/// <exception cref="ArgumentException">A provider is no lower-case key of letters, digits and dashes.</exception>
public interface IRateWriter
{
    /// <summary>
    /// Asks for the right to fetch <paramref name="provider"/> for <paramref name="slot"/>. Over all workers, at most one holds it
    /// at a time, and a slot that is done is never granted again. The store's clock decides, not the worker's.
    /// </summary>
    Task<Claim> ClaimAsync(string provider, DateTimeOffset slot, ClaimTerms terms, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a sheet under a granted claim and marks its slot done, all or nothing. The sheet's version and epoch are
    /// given here. A claim that another worker has since taken over is refused and changes nothing.
    /// </summary>
    Task<PublishResult> PublishAsync(Claim claim, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken);

    /// <summary>Ends a claim without a publish. False when another worker has taken the claim over: nothing was changed.</summary>
    Task<bool> FinishAsync(Claim claim, FinishedFetch finished, CancellationToken cancellationToken);

    /// <summary>How far fetching of a provider has come; a fresh record when it was never claimed.</summary>
    Task<FetchState> ReadFetchAsync(string provider, CancellationToken cancellationToken);

    /// <summary>
    /// Stores observations by day, keeping a changed day's earlier figures as revisions. Returns how many days changed.
    /// </summary>
    Task<int> UpsertHistoryAsync(string provider, IReadOnlyList<Observation> observations, DateTimeOffset fetchedAt, CancellationToken cancellationToken);

    /// <summary>The first day that a backfill has completed down to; null before any.</summary>
    Task<DateOnly?> ReadBackfilledAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Records that history is complete from <paramref name="from"/> on.</summary>
    Task WriteBackfilledAsync(string provider, DateOnly from, CancellationToken cancellationToken);

    /// <summary>Puts a refused sheet on the provider's list, of which the last 20 are kept.</summary>
    Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken);

    /// <summary>The provider's refused sheets, newest first.</summary>
    Task<IReadOnlyList<QuarantinedSheet>> ReadQuarantineAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Adds a fetch to the stream of runs, which is capped.</summary>
    Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken);

    /// <summary>The last runs, newest first.</summary>
    Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken);

    /// <summary>Makes providers known to readers: profile, and health unless null (then the stored health stays).</summary>
    Task WriteProviderAsync(ProviderProfile profile, ProviderHealth? health, CancellationToken cancellationToken);

    /// <summary>Says that this worker lives, by the store's clock; workers silent for ten minutes are forgotten.</summary>
    Task BeatAsync(string worker, CancellationToken cancellationToken);

    /// <summary>Workers heard of lately, with the store's time of their last beat.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadWorkersAsync(CancellationToken cancellationToken);
}
