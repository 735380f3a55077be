using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Rates.Compat.Tests.Sockets;

/// <summary>Reading and writing with a limit of time, so that a lost wake-up fails a test instead of hanging it.</summary>
internal static class Pipes
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Everything up to the end of the pipe; throws what the pipe was completed with.</summary>
    public static async Task<byte[]> ReadToEndAsync(this PipeReader reader)
    {
        var all = new ArrayBufferWriter<byte>();
        while (true)
        {
            ReadResult read = await reader.ReadAsync().AsTask().WaitAsync(Patience);
            foreach (ReadOnlyMemory<byte> segment in read.Buffer) all.Write(segment.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return all.WrittenSpan.ToArray();
        }
    }

    /// <summary>Everything up to the end of the stream.</summary>
    public static async Task<byte[]> ReceiveToEndAsync(this Socket socket)
    {
        var all = new ArrayBufferWriter<byte>();
        while (true)
        {
            int count = await socket.ReceiveAsync(all.GetMemory(4096)).AsTask().WaitAsync(Patience);
            if (count == 0) return all.WrittenSpan.ToArray();
            all.Advance(count);
        }
    }

    /// <summary>Writes and flushes; the result of the flush.</summary>
    public static Task<FlushResult> WriteInTimeAsync(this PipeWriter writer, byte[] bytes) =>
        writer.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>Flushes until the pipe says that nobody takes the bytes any more; throws what it was completed with.</summary>
    public static async Task FlushUntilCompletedAsync(this PipeWriter writer)
    {
        while (true)
        {
            FlushResult flush = await writer.WriteInTimeAsync([0]);
            if (flush.IsCompleted) return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>Bytes that differ from run to run of the same length only by the seed.</summary>
    public static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
