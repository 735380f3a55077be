using Rates.Core;

namespace Rates.Store;

/// <summary>Reads and records each provider's description, schedule and health. Writing is for workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IProviders : IProviderReader
{
    /// <summary>Stores a provider's profile, and its health; null leaves the stored health as it is.</summary>
    Task WriteProviderAsync(ProviderProfile profile, ProviderHealth? health, CancellationToken cancellationToken);
}
