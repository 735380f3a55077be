using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>Why a connection was closed.</summary>
/// <param name="Kind">The reason as the Redis client prints it.</param>
/// <param name="Fault">What reader and writer of the pipes meet; null: they see an orderly end.</param>
/// <param name="SocketError">The socket's word on the fault; Success if it had none.</param>
internal sealed record Closing(
    PipeShutdownKind Kind, Exception? Fault = null, SocketError SocketError = SocketError.Success)
{
    /// <summary>The receive loop ended with <paramref name="fault"/>.</summary>
    public static Closing WhileReceiving(Exception fault) => Of(
        fault,
        disposed: PipeShutdownKind.ReadDisposed,
        socket: PipeShutdownKind.ReadSocketError,
        io: PipeShutdownKind.ReadIOException,
        other: PipeShutdownKind.ReadException);

    /// <summary>The send loop ended with <paramref name="fault"/>.</summary>
    public static Closing WhileSending(Exception fault) => Of(
        fault,
        disposed: PipeShutdownKind.WriteDisposed,
        socket: PipeShutdownKind.WriteSocketError,
        io: PipeShutdownKind.WriteIOException,
        other: PipeShutdownKind.WriteException);

    private static Closing Of(
        Exception fault, PipeShutdownKind disposed, PipeShutdownKind socket, PipeShutdownKind io, PipeShutdownKind other)
    {
        SocketError error = SocketErrorOf(fault);
        PipeShutdownKind kind = fault switch
        {
            ObjectDisposedException => disposed,
            _ when error is SocketError.OperationAborted => disposed,
            SocketException => socket,
            IOException => io,
            _ => other,
        };
        return new Closing(kind, IsReset(error) ? AsReset(fault) : fault, error);
    }

    // A network stream wraps the socket's exception.
    private static SocketError SocketErrorOf(Exception fault) =>
        (fault as SocketException ?? (fault as IOException)?.InnerException as SocketException)?.SocketErrorCode
        ?? SocketError.Success;

    // Shutdown is how Linux answers a send on a connection that the peer has closed (EPIPE).
    private static bool IsReset(SocketError error) =>
        error is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown;

    private static ConnectionResetException AsReset(Exception fault) => new(fault.Message, fault);
}
