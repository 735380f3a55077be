using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial.Pumping;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A connected socket as a pair of pipes. The socket belongs to the connection, which closes it when the peer has finished
/// or failed, when the owner completes <see cref="Input"/>, or at <see cref="Dispose"/>. Completing <see cref="Output"/>
/// alone is a half-close: the rest is sent, the peer is told, replies still arrive.
/// </summary>
public sealed class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly SocketTransport _transport;
    private readonly DuplexPump _pump;
    private readonly string _name;

    private SocketConnection(SocketTransport transport, DuplexPump pump, string name)
    {
        _transport = transport;
        _pump = pump;
        _name = name;
    }

    /// <summary>What has been received. After a fault reading throws it; after an orderly end the result says completed.</summary>
    public PipeReader Input => _pump.Input;

    /// <summary>What is to be sent. After a fault flushing throws it; after an orderly end the result says completed.</summary>
    public PipeWriter Output => _pump.Output;

    /// <summary>Bytes received from the socket so far.</summary>
    public long BytesRead => _pump.Received;

    /// <summary>Bytes that the socket has accepted so far.</summary>
    public long BytesSent => _pump.Sent;

    /// <summary>Bytes of the last receive; 0 at the end of the stream, -1 before the first.</summary>
    public int LastReceived => _pump.LastReceived;

    /// <summary>Why the connection ended, or what was announced before it did; None while it is open.</summary>
    public PipeShutdownKind ShutdownKind => _pump.ShutdownKind;

    /// <summary>The socket's word on the fault that ended the connection; Success while open and after an orderly end.</summary>
    public SocketError SocketError => _pump.Closing?.SocketError ?? SocketError.Success;

    long IMeasuredDuplexPipe.TotalBytesSent => BytesSent;

    long IMeasuredDuplexPipe.TotalBytesReceived => BytesRead;

    /// <summary>Starts to receive and to send over a connected socket.</summary>
    /// <param name="socket">The socket; it belongs to the connection from here on.</param>
    /// <param name="sendPipeOptions">Options of the output pipe; null takes the defaults.</param>
    /// <param name="receivePipeOptions">Options of the input pipe; null takes the defaults.</param>
    /// <param name="socketConnectionOptions">Where the loops resume, and whether an idle connection holds memory.</param>
    /// <param name="name">What <see cref="ToString"/> says; null takes the type's name.</param>
    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions = null,
        PipeOptions? receivePipeOptions = null,
        SocketConnectionOptions socketConnectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        PipeOptions send = sendPipeOptions ?? PipeOptions.Default;
        PipeOptions receive = receivePipeOptions ?? PipeOptions.Default;
        bool Has(SocketConnectionOptions option) => socketConnectionOptions.HasFlag(option);

        var transport = new SocketTransport(
            socket,
            Has(SocketConnectionOptions.InlineReads) ? PipeScheduler.Inline : receive.WriterScheduler,
            Has(SocketConnectionOptions.InlineWrites) ? PipeScheduler.Inline : send.ReaderScheduler);
        var pump = DuplexPump.Start(transport, send, receive, Has(SocketConnectionOptions.ZeroLengthReads));
        return new SocketConnection(transport, pump, name ?? nameof(SocketConnection));
    }

    /// <summary>
    /// Makes a client socket notice a dead peer in seconds and send small commands at once. On a socket that is not TCP it
    /// does nothing; an option that the system lacks is left out.
    /// </summary>
    public static void SetRecommendedClientOptions(Socket socket) => ClientSocketOptions.Apply(socket);

    /// <summary>Does nothing: what the genuine package probes for here is part of the .NET 10 runtime.</summary>
    public static void AssertDependencies()
    {
    }

    /// <summary>Records that the protocol itself announced the end, which explains the end of stream that follows.</summary>
    /// <returns>False if an end was announced before or has come, or if the kind is not a protocol exit.</returns>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) =>
        kind is PipeShutdownKind.ProtocolExitClient or PipeShutdownKind.ProtocolExitServer && _pump.TryAnnounce(kind);

    /// <summary>How many bytes wait at which point; a snapshot while both directions move.</summary>
    public Counters GetCounters() => new(
        _transport.Available,
        Math.Max(0, _pump.Received - _pump.Input.Consumed),
        Math.Max(0, _pump.Output.Written - _pump.Sent));

    /// <summary>Closes the socket; what has not been sent is lost. Both pipes complete soon after.</summary>
    public void Dispose() => _pump.Dispose();

    /// <summary>The name given at creation.</summary>
    public override string ToString() => _name;

    /// <summary>Where bytes wait; printed by the Redis client when a command times out.</summary>
    public readonly struct Counters
    {
        internal Counters(long availableOnSocket, long waitingToBeRead, long waitingToBeSent)
        {
            BytesAvailableOnSocket = availableOnSocket;
            BytesWaitingToBeRead = waitingToBeRead;
            BytesWaitingToBeSent = waitingToBeSent;
        }

        /// <summary>Bytes in the socket's receive buffer.</summary>
        public long BytesAvailableOnSocket { get; }

        /// <summary>Bytes in the input pipe: the client is slow to parse.</summary>
        public long BytesWaitingToBeRead { get; }

        /// <summary>Bytes in the output pipe, flushed or not: the network or the server is slow to take them.</summary>
        public long BytesWaitingToBeSent { get; }
    }
}
