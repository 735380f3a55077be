namespace Rates.Store;

/// <summary>Looks at the store once, for the log at start and for readiness.</summary>
public interface IStoreCheck
{
    /// <summary>Where rates are kept, for people: the server's address or the file, without secrets.</summary>
    string Place { get; }

    /// <summary>
    /// What is wrong with the store, one sentence each: not reachable, or set up so that it may lose rates. Empty when all is
    /// well. Never throws <see cref="StoreUnavailableException"/>: that is one of the answers.
    /// </summary>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken);
}
