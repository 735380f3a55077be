namespace Rates.Store;

/// <summary>Counts the requests that all workers together send to a provider which allows only some a day. For workers only.</summary>
/// <exception cref="StoreUnavailableException">It throws it when the store did not answer within its deadline.</exception>
/// <exception cref="CorruptSheetException">The key of the count holds another type of value; nothing was written.</exception>
/// <exception cref="ArgumentException">The provider's key has other characters than lower-case letters, digits and dashes.</exception>
public interface IQuotas
{
    /// <summary>
    /// Counts one request to <paramref name="provider"/>, unless that is more than <paramref name="terms"/> allow. To be asked before
    /// each request: one that was counted may be sent. The store's clock decides which day it is.
    /// </summary>
    Task<QuotaCount> CountRequestAsync(string provider, QuotaTerms terms, CancellationToken cancellationToken);
}
