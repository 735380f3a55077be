namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// The peer reset or abandoned the connection: what the reader of <see cref="SocketConnection.Input"/> and the writer of
/// <see cref="SocketConnection.Output"/> meet then. The inner exception is what the socket or stream threw.
/// </summary>
public sealed class ConnectionResetException : IOException
{
    /// <summary>A reset without a known cause.</summary>
    public ConnectionResetException()
        : this("The connection was reset by the peer.")
    {
    }

    /// <summary>A reset described by <paramref name="message"/>.</summary>
    public ConnectionResetException(string message)
        : base(message)
    {
    }

    /// <summary>A reset that <paramref name="inner"/> reported.</summary>
    public ConnectionResetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
