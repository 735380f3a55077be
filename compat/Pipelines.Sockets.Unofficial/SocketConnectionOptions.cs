namespace Pipelines.Sockets.Unofficial;

/// <summary>Trade-offs of a <see cref="SocketConnection"/>.</summary>
[Flags]
public enum SocketConnectionOptions
{
    /// <summary>Reads into rented memory; both loops resume on the schedulers of their pipe options.</summary>
    None = 0,

    /// <summary>Waits with an empty buffer before renting: an idle connection holds no memory, a busy one pays a call more.</summary>
    ZeroLengthReads = 1,

    /// <summary>The receive loop resumes on the thread that completed the socket operation.</summary>
    InlineReads = 2,

    /// <summary>The send loop resumes on the thread that completed the socket operation.</summary>
    InlineWrites = 4,
}
