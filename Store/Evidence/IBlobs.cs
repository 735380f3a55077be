namespace Rates.Store;

/// <summary>
/// Stores blobs: byte strings with a name. Names are path segments of lower-case letters, digits, dashes and dots, joined by slashes.
/// </summary>
internal interface IBlobs
{
    /// <summary>Stores or replaces a value, and sets its time to now.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>The value; null when there is none.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every stored name with its size and time, in no order.</summary>
    Task<IReadOnlyList<BlobEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a value; nothing happens when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The name, size and time of one stored blob, without its bytes, as <see cref="IBlobs.ListAsync"/> returns it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="At">When it was last stored, UTC.</param>
internal readonly record struct BlobEntry(string Name, long Bytes, DateTimeOffset At);
