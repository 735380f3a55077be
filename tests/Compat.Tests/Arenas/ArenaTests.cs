using Pipelines.Sockets.Unofficial.Arenas;

namespace Rates.Compat.Tests.Arenas;

public class ArenaTests
{
    private const int Small = 64 * sizeof(int);

    [Fact]
    public void Sequences_keep_their_content_until_Reset_however_many_follow()
    {
        using var arena = new Arena<int>(new ArenaOptions(blockSizeBytes: Small));
        var random = new Random(1);
        var sequences = new List<Sequence<int>>();

        for (int i = 0; i < 500; i++)
        {
            Sequence<int> sequence = arena.Allocate(random.Next(0, 100));
            sequence.FirstSpan.Fill(i);
            sequences.Add(sequence);
        }

        Assert.All(sequences, (sequence, i) => Assert.False(sequence.FirstSpan.ContainsAnyExcept(i)));
    }

    [Fact]
    public void The_block_is_used_again_after_Reset()
    {
        using var arena = new Arena<int>();
        arena.Allocate(10)[0] = 42;

        arena.Reset();

        Assert.Equal(42, arena.Allocate(10)[0]);
    }

    [Fact]
    public void Steady_traffic_allocates_nothing_after_two_rounds()
    {
        using var arena = new Arena<(string, int)>(new ArenaOptions(blockSizeBytes: Small));
        Batch();
        Batch();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Batch();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Batch()
        {
            for (int length = 1; length < 200; length++)
            {
                foreach (ref (string, int) element in arena.Allocate(length)) element = ("x", length);
            }

            arena.Reset();
        }
    }

    [Fact]
    public void References_are_let_go_at_Reset()
    {
        using var arena = new Arena<string?>();
        arena.Allocate(3).FirstSpan.Fill("kept alive");

        arena.Reset();

        Assert.Null(arena.Allocate(3)[2]);
    }

    [Fact]
    public void Values_are_cleared_where_that_is_asked_for()
    {
        using var atReset = new Arena<int>(new ArenaOptions(ArenaFlags.ClearAtReset));
        atReset.Allocate(3).FirstSpan.Fill(7);
        atReset.Reset();
        using var atDispose = new Arena<int>(new ArenaOptions(ArenaFlags.ClearAtDispose));
        Sequence<int> last = atDispose.Allocate(3);
        last.FirstSpan.Fill(7);
        atDispose.Dispose();

        Assert.Equal(0, atReset.Allocate(3)[2]);
        Assert.Equal(0, last[2]);
    }

    [Fact]
    public void A_block_much_too_large_is_let_go_after_some_seven_hundred_resets()
    {
        using var arena = new Arena<byte>(new ArenaOptions(blockSizeBytes: 1024));
        arena.Allocate(1024 * 1024);
        arena.Reset();

        int resets = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (; GC.GetAllocatedBytesForCurrentThread() == before && resets < 10_000; resets++)
        {
            arena.Allocate(10);
            arena.Reset();
        }

        Assert.InRange(resets, 600, 800);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1024, 2048);
    }

    [Fact]
    public void The_retention_policy_hears_bytes_and_decides()
    {
        var heard = new List<(long, long)>();
        using var arena = new Arena<int>(new ArenaOptions(retentionPolicy: (retained, used) =>
        {
            heard.Add((retained, used));
            return used + 1;
        }));

        arena.Allocate(10);
        arena.Reset();
        arena.Reset();

        Assert.Equal([(0, 40), (41, 0)], heard);
    }

    [Fact]
    public void Bounds_are_kept()
    {
        var arena = new Arena<int>();

        Assert.True(arena.Allocate(0).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Allocate(-1));
        Assert.Throws<IndexOutOfRangeException>(() => arena.Allocate(3)[3]);
        Assert.Throws<IndexOutOfRangeException>(() => arena.Allocate(3)[-1]);
        arena.Dispose();
        Assert.Throws<ObjectDisposedException>(() => arena.Allocate(1));
    }
}
