namespace Rates.Store;

/// <summary>Reads what workers have recorded about each provider: description, schedule and health.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IProviderReader
{
    /// <summary>Profile, schedule and health of every recorded provider, by key; a record that cannot be read is left out.</summary>
    Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken);
}
