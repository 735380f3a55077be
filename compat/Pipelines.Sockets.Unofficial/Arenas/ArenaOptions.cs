namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>How an arena sizes its block, when it clears it and how long it keeps a large one.</summary>
/// <param name="flags">When used elements are overwritten.</param>
/// <param name="blockSizeBytes">Least size of a block in bytes; 0 or less takes the default of 64 KiB.</param>
/// <param name="retentionPolicy">
/// (bytes retained before, bytes used since the last Reset) to the bytes worth retaining; null takes the default, which
/// halves after about 700 resets that did not need the memory.
/// </param>
public sealed class ArenaOptions(
    ArenaFlags flags = ArenaFlags.None, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null)
{
    // Below the 85 000 bytes from which the runtime puts an array on the large object heap.
    private const int DefaultBlockSizeBytes = 64 * 1024;

    internal static ArenaOptions Default { get; } = new();

    internal bool ClearAtReset { get; } = flags.HasFlag(ArenaFlags.ClearAtReset);

    internal bool ClearAtDispose { get; } = flags.HasFlag(ArenaFlags.ClearAtDispose);

    internal int BlockSizeBytes { get; } = blockSizeBytes > 0 ? blockSizeBytes : DefaultBlockSizeBytes;

    internal Func<long, long, long> RetentionPolicy { get; } = retentionPolicy ?? DecaySlowly;

    // Reset comes once per batch of replies: a quicker decay would drop and rebuild the block between two large replies.
    private static long DecaySlowly(long retained, long used) => Math.Max(used, retained - (retained / 1024));
}
