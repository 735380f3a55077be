namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A <see cref="Sequence{T}"/> whose element type is known to its holder only; the default is empty.</summary>
public readonly struct Sequence
{
    private readonly Array? _block;
    private readonly int _offset;
    private readonly int _length;

    internal Sequence(Array? block, int offset, int length)
    {
        _block = block;
        _offset = offset;
        _length = length;
    }

    /// <summary>Number of elements.</summary>
    public long Length => _length;

    /// <summary>The same elements with their type.</summary>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    public Sequence<T> Cast<T>() => new((T[]?)_block, _offset, _length);
}
