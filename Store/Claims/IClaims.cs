using Rates.Core;

namespace Rates.Store;

/// <summary>Decides which worker may fetch a provider, and accepts what it fetched. For workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
/// <exception cref="CorruptSheetException">
/// A key of the provider or of the store holds another type of value; nothing was written.
/// </exception>
/// <exception cref="ArgumentException">The provider's key is none (see <see cref="ProviderKey"/>).</exception>
public interface IClaims
{
    /// <summary>
    /// Asks for the right to fetch <paramref name="provider"/> for <paramref name="slot"/>. Of all workers, at most one holds it
    /// at a time, and a slot that is done is never granted again. The store's clock decides, not the worker's.
    /// </summary>
    Task<Claim> ClaimAsync(string provider, DateTimeOffset slot, ClaimTerms terms, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a sheet under a granted claim and marks its slot done, all or nothing. The store assigns the sheet's version
    /// and epoch. A claim that another worker has taken over since is refused, and nothing changes.
    /// </summary>
    Task<PublishResult> PublishAsync(Claim claim, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken);

    /// <summary>Ends a claim without publishing. False when another worker has taken the claim over: nothing changed.</summary>
    Task<bool> FinishAsync(Claim claim, FinishedFetch finished, CancellationToken cancellationToken);

    /// <summary>How far fetching of a provider has come; an empty state when it was never claimed.</summary>
    Task<FetchState> ReadFetchAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Lets a provider be claimed again that failures or a Retry-After hold back, and forgets the failures.</summary>
    Task ClearHoldAsync(string provider, CancellationToken cancellationToken);
}
