namespace Rates.Store;

/// <summary>
/// Finds what is wrong with the store (unreachable, unsafe settings, refused writes) as sentences, for the log at start and for health
/// probes.
/// </summary>
public interface IStoreCheck
{
    /// <summary>Where rates are stored, for messages: the server's address or the file's path, without secrets.</summary>
    string Location { get; }

    /// <summary>
    /// Why the store refused the last write of this process, such as a full disk; null after one that succeeded, and before the first.
    /// Reads may be answered meanwhile.
    /// </summary>
    string? WriteProblem { get; }

    /// <summary>
    /// What is wrong with the store, one sentence each: it cannot be reached, or its settings may lose rates. Empty when nothing
    /// is wrong. Never throws <see cref="StoreUnavailableException"/>: that is one of the answers.
    /// </summary>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken);
}
