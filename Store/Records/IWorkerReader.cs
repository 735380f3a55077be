namespace Rates.Store;

/// <summary>Reads which workers run.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IWorkerReader
{
    /// <summary>Workers that sent a heartbeat in the last ten minutes, with the store's time of the last one.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadWorkersAsync(CancellationToken cancellationToken);
}
