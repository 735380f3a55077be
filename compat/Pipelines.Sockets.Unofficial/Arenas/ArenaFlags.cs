namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// Wishes about an arena's memory. The Redis client also sets bits that ask for blocks shared between element types; an
/// <see cref="Arena{T}"/> has one element type and reads only the bits named here.
/// </summary>
[Flags]
#pragma warning disable CA1711 // the genuine package's name
public enum ArenaFlags
#pragma warning restore CA1711
{
    /// <summary>Used elements are overwritten at Reset only where they hold references.</summary>
    None = 0,

    /// <summary>Used elements are overwritten at every Reset.</summary>
    ClearAtReset = 1,

    /// <summary>Used elements are overwritten at Dispose.</summary>
    ClearAtDispose = 2,

    /// <summary>A preference that managed blocks do not follow.</summary>
    PreferUnmanaged = 4,
}
