namespace Rates.Store;

/// <summary>Reads and records which workers run. Writing is for workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IWorkers : IWorkerReader
{
    /// <summary>Records a heartbeat of <paramref name="worker"/> at the store's time; workers silent for ten minutes are removed.</summary>
    Task BeatAsync(string worker, CancellationToken cancellationToken);
}
