namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Copies sequences element by element through a projection, in order.</summary>
public static class SequenceExtensions
{
    /// <summary>The projected elements as a new array; an empty one for an empty sequence.</summary>
    public static TTo[] ToArray<TFrom, TTo>(this in Sequence<TFrom> source, Projection<TFrom, TTo> projection)
    {
        if (source.IsEmpty) return [];
        var result = new TTo[source.Length];
        source.CopyTo(result, projection);
        return result;
    }

    /// <summary>The elements, projected together with <paramref name="state"/>, as a new array.</summary>
    public static TTo[] ToArray<TFrom, TState, TTo>(
        this in Sequence<TFrom> source, Projection<TFrom, TState, TTo> projection, in TState state)
    {
        ArgumentNullException.ThrowIfNull(projection);
        if (source.IsEmpty) return [];
        var result = new TTo[source.Length];
        Span<TFrom> elements = source.FirstSpan;
        for (int i = 0; i < elements.Length; i++) result[i] = projection(in elements[i], in state);
        return result;
    }

    /// <summary>Writes the projected elements to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the sequence.</exception>
    public static void CopyTo<TFrom, TTo>(
        this in Sequence<TFrom> source, Span<TTo> destination, Projection<TFrom, TTo> projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        Span<TFrom> elements = source.FirstSpan;
        if (destination.Length < elements.Length)
        {
            throw new ArgumentException("The destination is shorter than the sequence.", nameof(destination));
        }

        for (int i = 0; i < elements.Length; i++) destination[i] = projection(in elements[i]);
    }
}
