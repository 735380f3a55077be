namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// A run of elements in an arena's block, valid until the arena's Reset; the default is empty. The contract allows several
/// segments, this implementation always has one.
/// </summary>
public readonly struct Sequence<T>
{
    private readonly T[]? _block;
    private readonly int _offset;
    private readonly int _length;

    internal Sequence(T[]? block, int offset, int length)
    {
        _block = block;
        _offset = offset;
        _length = length;
    }

    /// <summary>Number of elements.</summary>
    public long Length => _length;

    /// <summary>Whether there are no elements.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Whether <see cref="FirstSpan"/> is the whole sequence; always true.</summary>
    public bool IsSingleSegment => true;

    /// <summary>All elements.</summary>
    public Span<T> FirstSpan => new(_block, _offset, _length);

    /// <summary>The segments, each as a span.</summary>
    public SpanEnumerable Spans => new(this);

    /// <summary>The element at a zero-based index.</summary>
    /// <exception cref="IndexOutOfRangeException">The index is negative or not below <see cref="Length"/>.</exception>
    public ref T this[int index] => ref FirstSpan[index];

    /// <summary>The same elements without their type.</summary>
    public Sequence Untyped() => new(_block, _offset, _length);

    /// <summary>Enumerates the elements by reference.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the elements by reference.</summary>
    public struct Enumerator
    {
        private readonly Sequence<T> _sequence;
        private int _index;

        internal Enumerator(Sequence<T> sequence)
        {
            _sequence = sequence;
            _index = -1;
        }

        /// <summary>The element reached; only after a successful step.</summary>
        public readonly ref T Current => ref _sequence[_index];

        /// <summary>Steps to the next element; false at the end.</summary>
        public bool MoveNext() => ++_index < _sequence._length;

        /// <summary>Steps to the next element and gives it.</summary>
        /// <exception cref="IndexOutOfRangeException">There is none.</exception>
        public ref T GetNext() => ref _sequence[++_index];
    }

    /// <summary>The segments of a sequence.</summary>
    public readonly struct SpanEnumerable
    {
        private readonly Sequence<T> _sequence;

        internal SpanEnumerable(Sequence<T> sequence) => _sequence = sequence;

        /// <summary>Enumerates the segments.</summary>
        public SpanEnumerator GetEnumerator() => new(_sequence);
    }

    /// <summary>Walks the segments of a sequence: none if it is empty, else one.</summary>
    public struct SpanEnumerator
    {
        private readonly Sequence<T> _sequence;
        private bool _started;

        internal SpanEnumerator(Sequence<T> sequence) => _sequence = sequence;

        /// <summary>The segment reached.</summary>
        public readonly Span<T> Current => _sequence.FirstSpan;

        /// <summary>Steps to the next segment; false at the end.</summary>
        public bool MoveNext()
        {
            bool any = !_started && !_sequence.IsEmpty;
            _started = true;
            return any;
        }
    }
}
