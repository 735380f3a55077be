using Pipelines.Sockets.Unofficial.Arenas;

namespace Rates.Compat.Tests.Arenas;

public class SequenceTests
{
    [Fact]
    public void Elements_are_the_same_by_index_by_span_and_by_enumeration()
    {
        Sequence<int> sequence = Numbers(5);

        var spans = new List<int>();
        foreach (Span<int> span in sequence.Spans) spans.AddRange(span);
        var elements = new List<int>();
        foreach (ref int element in sequence) elements.Add(element);
        Sequence<int>.Enumerator enumerator = sequence.GetEnumerator();
        int first = enumerator.GetNext();
        enumerator.GetNext() = 100;

        Assert.Equal([0, 1, 2, 3, 4], spans);
        Assert.Equal([0, 1, 2, 3, 4], elements);
        Assert.Equal(0, first);
        Assert.Equal(100, sequence[1]);
        Assert.True(sequence.IsSingleSegment);
    }

    [Fact]
    public void Enumerating_past_the_end_throws()
    {
        Assert.Throws<IndexOutOfRangeException>(() =>
        {
            Sequence<int>.Enumerator enumerator = Numbers(1).GetEnumerator();
            enumerator.GetNext();
            enumerator.GetNext();
        });
    }

    [Fact]
    public void The_default_is_empty()
    {
        Sequence<int> none = default;

        Assert.True(none.IsEmpty);
        Assert.Equal(0, none.Length);
        Assert.True(none.FirstSpan.IsEmpty);
        Assert.False(none.GetEnumerator().MoveNext());
        Assert.False(none.Spans.GetEnumerator().MoveNext());
        Assert.True(none.Untyped().Cast<int>().IsEmpty);
        Assert.Equal(0, default(Sequence).Length);
    }

    [Fact]
    public void An_untyped_sequence_gives_its_elements_back_to_their_own_type_only()
    {
        Sequence untyped = Numbers(3).Untyped();

        untyped.Cast<int>()[1] = 7;

        Assert.Equal(3, untyped.Length);
        Assert.Equal(7, untyped.Cast<int>()[1]);
        Assert.Throws<InvalidCastException>(() => untyped.Cast<string>());
    }

    [Fact]
    public void Projections_copy_in_order()
    {
        Sequence<int> sequence = Numbers(3);
        var destination = new string[5];

        sequence.CopyTo(destination, static (in int number) => $"{number}");

        Assert.Equal(["0", "1", "2", null!, null!], destination);
        Assert.Equal([0L, 1L, 2L], sequence.ToArray(static (in int number) => (long)number));
        Assert.Equal([10, 11, 12], sequence.ToArray(static (in int number, in int add) => number + add, 10));
        Assert.Empty(default(Sequence<int>).ToArray(static (in int number) => number));
        Assert.Throws<ArgumentException>(() => Numbers(3).CopyTo(new long[2], static (in int number) => (long)number));
    }

    private static Sequence<int> Numbers(int count)
    {
        Sequence<int> sequence = new Arena<int>().Allocate(count);
        for (int i = 0; i < count; i++) sequence[i] = i;
        return sequence;
    }
}
