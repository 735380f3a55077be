namespace Rates.Store;

/// <summary>
/// Stores and reads evidence: the original documents of sources that published rates were read from. Equal ones are stored once. Writing is
/// for workers only.
/// </summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the storage cannot be reached, read or written.</exception>
public interface IEvidence
{
    /// <summary>False when the settings switch storing off.</summary>
    bool IsKept { get; }

    /// <summary>Stores the evidence of a sheet.</summary>
    /// <param name="evidence">The sheet and its answers.</param>
    /// <param name="bodies">Digest to decoded body, of the answers whose body is stored.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteAsync(
        SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken);

    /// <summary>The evidence of a sheet; null when none is stored, or no longer.</summary>
    Task<SheetEvidence?> ReadAsync(string provider, long version, CancellationToken cancellationToken);

    /// <summary>The decoded body with this digest; null when it is not stored, or no longer.</summary>
    /// <exception cref="InvalidDataException">What is stored under the digest has another one: it was changed.</exception>
    Task<ReadOnlyMemory<byte>?> ReadBodyAsync(string digest, CancellationToken cancellationToken);

    /// <summary>The stored evidence of a provider, oldest first.</summary>
    Task<IReadOnlyList<SheetEvidence>> ListAsync(string provider, CancellationToken cancellationToken);

    /// <summary>Stores the evidence of figures that were refused, under the id of the refused sheet; its version is 0.</summary>
    Task WriteRefusedAsync(
        string id, SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken);

    /// <summary>The evidence of a refused sheet; null when none is stored, or no longer.</summary>
    Task<SheetEvidence?> ReadRefusedAsync(string provider, string id, CancellationToken cancellationToken);

    /// <summary>Stores what a replay found, under the id of its command; it is deleted with the age of evidence.</summary>
    Task WriteReplayAsync(string provider, string id, ReplayReport report, CancellationToken cancellationToken);

    /// <summary>What the replay of a command found; null when nothing is stored under that id, or no longer.</summary>
    Task<ReplayReport?> ReadReplayAsync(string provider, string id, CancellationToken cancellationToken);

    /// <summary>What the replays of a provider found, in no order.</summary>
    Task<IReadOnlyList<ReplayReport>> ListReplaysAsync(string provider, CancellationToken cancellationToken);
}
