namespace Rates.Store;

/// <summary>Reads the list of fetches that workers recorded.</summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IRunReader
{
    /// <summary>The last <paramref name="count"/> fetches of all providers, newest first.</summary>
    Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken);
}
