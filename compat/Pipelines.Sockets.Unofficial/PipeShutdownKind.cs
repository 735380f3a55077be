namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// Why a connection ended; the Redis client prints it in its failure messages. Names and numbers are the genuine package's.
/// Those without a summary describe steps that never come first here, so they are never recorded.
/// </summary>
public enum PipeShutdownKind
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The owner disposed the connection.</summary>
    PipeDisposed = 1,

    /// <summary>The peer finished sending.</summary>
    ReadEndOfStream = 100,

    /// <summary>The socket or stream was closed locally, around this connection, while receiving.</summary>
    ReadDisposed = 101,

    /// <summary>The stream failed while receiving.</summary>
    ReadIOException = 102,

    /// <summary>Something other than the transport failed while receiving, a memory pool for example.</summary>
    ReadException = 103,

    /// <summary>The socket failed while receiving; <see cref="SocketConnection.SocketError"/> says how.</summary>
    ReadSocketError = 104,

    ReadFlushCompleted = 105,
    ReadFlushCanceled = 106,

    /// <summary>The owner completed the output; what it had written has been sent.</summary>
    WriteEndOfStream = 200,

    /// <summary>The socket or stream was closed locally, around this connection, while sending.</summary>
    WriteDisposed = 201,

    /// <summary>The stream failed while sending.</summary>
    WriteIOException = 203,

    /// <summary>Something other than the transport failed while sending, or the owner completed the output with an error.</summary>
    WriteException = 204,

    /// <summary>The socket failed while sending; <see cref="SocketConnection.SocketError"/> says how.</summary>
    WriteSocketError = 205,

    /// <summary>The owner completed the input: nobody is left to read.</summary>
    InputReaderCompleted = 300,

    InputWriterCompleted = 301,
    OutputReaderCompleted = 302,
    OutputWriterCompleted = 303,

    /// <summary>The client announced the end by protocol, by QUIT for example.</summary>
    ProtocolExitClient = 400,

    /// <summary>The server announced the end by protocol.</summary>
    ProtocolExitServer = 401,
}
