using System.IO.Pipelines;
using Pipelines.Sockets.Unofficial;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

public class BackPressureTests
{
    private const int Pause = 64 * 1024;
    private const int Segment = 4 * 1024;
    private const int Flood = 4 * 1024 * 1024;

    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: Pause,
        resumeWriterThreshold: Pause / 2,
        minimumSegmentSize: Segment,
        useSynchronizationContext: false);

    [Fact]
    public async Task A_slow_reader_stops_the_receive_loop_at_the_pause_threshold()
    {
        using Loopback pair = await Loopback.ConnectAsync(receive: Options);
        byte[] sent = Pipes.RandomBytes(Flood, seed: 1);
        Task flood = FloodAsync();

        // The peer stalls only once pipe and socket buffers are full.
        await SettledAsync(() => pair.Connection.BytesRead, atLeast: Pause);
        long buffered = pair.Connection.GetCounters().BytesWaitingToBeRead;
        bool stalled = !flood.IsCompleted;
        byte[] received = await pair.Connection.Input.ReadToEndAsync();
        await flood;

        Assert.True(stalled);
        Assert.InRange(buffered, Pause, Pause + Segment);
        Assert.Equal(sent, received);
        Assert.Equal(0, pair.Connection.GetCounters().BytesWaitingToBeRead);

        async Task FloodAsync()
        {
            for (int i = 0; i < sent.Length;) i += await pair.Peer.SendAsync(sent.AsMemory(i));
            pair.Peer.Dispose();
        }
    }

    [Fact]
    public async Task A_slow_peer_holds_the_writer_at_the_pause_threshold()
    {
        using Loopback pair = await Loopback.ConnectAsync(send: Options);
        byte[] sent = Pipes.RandomBytes(Flood, seed: 2);
        int written = 0;
        Task flood = FloodAsync();

        await SettledAsync(() => Volatile.Read(ref written), atLeast: Pause);
        long buffered = pair.Connection.GetCounters().BytesWaitingToBeSent;
        bool stalled = !flood.IsCompleted;
        Task<byte[]> received = pair.Peer.ReceiveToEndAsync();
        await flood;

        Assert.True(stalled);
        Assert.InRange(buffered, 1, Pause + Segment);
        Assert.Equal(sent, await received);
        Assert.Equal(Flood, pair.Connection.BytesSent);
        Assert.Equal(0, pair.Connection.GetCounters().BytesWaitingToBeSent);

        async Task FloodAsync()
        {
            for (; written < sent.Length; Interlocked.Add(ref written, Segment))
            {
                await pair.Connection.Output.WriteAsync(sent.AsMemory(written, Segment));
            }

            await pair.Connection.Output.CompleteAsync();
        }
    }

    [Fact]
    public async Task A_connection_that_nobody_reads_is_released_all_the_same()
    {
        using Loopback pair = await Loopback.ConnectAsync(receive: Options);
        await pair.Peer.SendAsync(new byte[Pause + Segment]);
        await Eventually.IsAsync(() => pair.Connection.BytesRead >= Pause, TestContext.Current.CancellationToken);

        pair.Connection.Dispose();

        byte[] received = await pair.Connection.Input.ReadToEndAsync();
        Assert.True(received.Length >= Pause);
        Assert.Equal(PipeShutdownKind.PipeDisposed, pair.Connection.ShutdownKind);
    }

    private static async Task SettledAsync(Func<long> value, long atLeast)
    {
        // Whoever floods may be kept waiting for a turn: unchanged once is not settled.
        (long before, int unchanged) = (-1, 0);
        using var limit = new CancellationTokenSource(Pipes.Patience);
        while (unchanged < 3)
        {
            long now = value();
            unchanged = now == before && now >= atLeast ? unchanged + 1 : 0;
            before = now;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }
}
