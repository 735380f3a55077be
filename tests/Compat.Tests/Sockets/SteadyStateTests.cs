using System.IO.Pipelines;
using System.Net.Sockets;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

[Collection(Alone.Name)]
public class SteadyStateTests
{
    private const int Messages = 20_000;

    // Run on the inline scheduler so that no thread pool item is counted as the connection's.
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    [Fact]
    public async Task Messages_allocate_nothing()
    {
        using Loopback pair = await Loopback.ConnectAsync(Inline, Inline);
        await EchoAsync(pair, Messages);

        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await EchoAsync(pair, Messages);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // Tasks and timers of the test platform, but no object per message: the smallest has 24 bytes, and every attempt would have them.
        Assert.InRange(least, 0, Messages * 12);
    }

    private static async Task EchoAsync(Loopback pair, int messages)
    {
        PipeReader input = pair.Connection.Input;
        PipeWriter output = pair.Connection.Output;
        var echo = new byte[64];
        for (int i = 0; i < messages; i++)
        {
            output.GetSpan(64)[..64].Fill((byte)(i % 256));
            output.Advance(64);
            await output.FlushAsync();
            int received = 0;
            while (received < 64) received += await pair.Peer.ReceiveAsync(echo.AsMemory(received), SocketFlags.None);
            await pair.Peer.SendAsync(echo.AsMemory(), SocketFlags.None);
            ReadResult read = await input.ReadAsync();
            while (read.Buffer.Length < 64)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await input.ReadAsync();
            }

            input.AdvanceTo(read.Buffer.End);
        }
    }
}
