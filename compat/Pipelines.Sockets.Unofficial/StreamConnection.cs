using System.IO.Pipelines;
using Pipelines.Sockets.Unofficial.Pumping;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Streams as pipes: the way taken where TLS or a tunnel lies between the client and the socket.</summary>
public static class StreamConnection
{
    /// <summary>Starts to receive and to send over a duplex stream, which belongs to the result; dispose that to close it.</summary>
    /// <param name="stream">The stream; reading and writing at the same time must be allowed.</param>
    /// <param name="sendPipeOptions">Options of the output pipe; null takes the defaults.</param>
    /// <param name="receivePipeOptions">Options of the input pipe; null takes the defaults.</param>
    /// <param name="name">What the result's ToString says; null takes the type's name.</param>
    /// <exception cref="ArgumentException">The stream cannot be both read and written.</exception>
    public static IDuplexPipe GetDuplex(
        Stream stream, PipeOptions? sendPipeOptions = null, PipeOptions? receivePipeOptions = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanWrite) throw new ArgumentException("A duplex stream is needed.", nameof(stream));

        var pump = DuplexPump.Start(
            new StreamTransport(stream),
            sendPipeOptions ?? PipeOptions.Default,
            receivePipeOptions ?? PipeOptions.Default,
            waitBeforeRenting: false);
        return new StreamDuplexPipe(pump, name ?? nameof(StreamConnection));
    }

    /// <summary>
    /// A reader that reads the stream when asked, so that it never runs ahead of its consumer; it closes the stream when
    /// completed.
    /// </summary>
    /// <param name="stream">The stream to read.</param>
    /// <param name="pipeOptions">Pool and segment size; null takes the defaults. There is no writer to hold back.</param>
    /// <param name="name">Not used: nothing runs that would need a name.</param>
    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null)
    {
        _ = name;
        PipeOptions options = pipeOptions ?? PipeOptions.Default;
        return PipeReader.Create(stream, new StreamPipeReaderOptions(options.Pool, options.MinimumSegmentSize));
    }

    private sealed class StreamDuplexPipe(DuplexPump pump, string name) : IMeasuredDuplexPipe, IDisposable
    {
        public PipeReader Input => pump.Input;

        public PipeWriter Output => pump.Output;

        public long TotalBytesSent => pump.Sent;

        public long TotalBytesReceived => pump.Received;

        public void Dispose() => pump.Dispose();

        public override string ToString() => name;
    }
}
