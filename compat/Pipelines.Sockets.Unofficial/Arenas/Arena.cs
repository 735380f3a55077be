using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// Hands out runs of elements from one block, all given back together. A sequence is valid until the next
/// <see cref="Reset"/>; in steady state no call allocates. Not thread-safe: it belongs to one reader.
/// </summary>
public sealed class Arena<T> : IDisposable
{
    private readonly ArenaOptions _options;
    private readonly int _leastBlockLength;
    private T[] _block = [];
    private int _next;
    private long _allocated;
    private long _retainedBytes;
    private bool _disposed;

    /// <param name="options">Null takes the defaults.</param>
    /// <param name="allocator">Always null, see <see cref="Allocator{T}"/>.</param>
    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
        _ = allocator;
        _options = options ?? ArenaOptions.Default;
        _leastBlockLength = Math.Max(1, _options.BlockSizeBytes / Unsafe.SizeOf<T>());
    }

    /// <summary>Reserves <paramref name="length"/> elements; what they hold is unspecified until written.</summary>
    /// <returns>A single-segment sequence; the default, empty one for 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The arena has been disposed.</exception>
    public Sequence<T> Allocate(int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0) return default;

        if (length > _block.Length - _next) StartBlock(length);
        var sequence = new Sequence<T>(_block, _next, length);
        _next += length;
        _allocated += length;
        return sequence;
    }

    /// <summary>Takes back everything handed out; the block serves again unless it has long been too large.</summary>
    public void Reset()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>() || _options.ClearAtReset) ClearUsed();

        _retainedBytes = _options.RetentionPolicy(_retainedBytes, _allocated * Unsafe.SizeOf<T>());
        bool outgrown = _retainedBytes <= (long)_block.Length * Unsafe.SizeOf<T>() / 2;
        if (outgrown && _block.Length > _leastBlockLength) _block = [];

        _next = 0;
        _allocated = 0;
    }

    /// <summary>Lets go of the block. Sequences handed out before stay readable, though their content may be cleared.</summary>
    public void Dispose()
    {
        if (_options.ClearAtDispose) ClearUsed();
        _disposed = true;
        _block = [];
        _next = 0;
    }

    // The full block stays with the sequences cut from it. The new one could hold all that was asked for since the last
    // Reset, so that the same traffic fits one block after two rounds at most.
    private void StartBlock(int length)
    {
        long wanted = (long)BitOperations.RoundUpToPowerOf2((ulong)(_allocated + length));
        long possible = Math.Max(length, Math.Min(wanted, Array.MaxLength));
        _block = new T[Math.Max(possible, _leastBlockLength)];
        _next = 0;
    }

    private void ClearUsed() => Array.Clear(_block, 0, _next);
}
