namespace Rates.Store;

/// <summary>Reads the list of fetches, and adds fetches to it. Writing is for workers only.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IRuns : IRunReader
{
    /// <summary>Adds a fetch to the list, which keeps about the last 10,000.</summary>
    Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken);
}
