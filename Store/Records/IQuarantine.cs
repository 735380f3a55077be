namespace Rates.Store;

/// <summary>Reads and stores publications whose rates were refused (the quarantine). Writing is for workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IQuarantine : IQuarantineReader
{
    /// <summary>Puts a refused sheet on the provider's list, which keeps the last 20.</summary>
    Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken);

    /// <summary>Takes a refused sheet off the provider's list; false when it is not on it.</summary>
    Task<bool> RemoveAsync(string provider, string id, CancellationToken cancellationToken);
}
