using System.Net.Sockets;
using StackExchange.Redis;

namespace Rates.Store;

/// <summary>Tells failures of the Redis server or the connection from faults of this program.</summary>
internal static class RedisFailure
{
    // What the client says when it asks for the server of a key before it is connected to any.
    private const string Unresolved = "It was not possible to resolve a connection";

    /// <summary>What went wrong with the server or the connection, in a line; null for anything else.</summary>
    /// <remarks>
    /// The client lets more through than its own exceptions: a reset while a command is on its way out; when it tears its
    /// connection down between reading and advancing, the pipe's InvalidOperationException to every command that waits; and a
    /// cancellation that nobody requested.
    /// </remarks>
    public static string? Reason(Exception failure) => failure switch
    {
        // The client's own text runs to a page of its counters.
        RedisConnectionException connection => $"no connection ({Cause(connection) ?? connection.FailureType.ToString()})",
        RedisException unresolved when unresolved.Message.StartsWith(Unresolved, StringComparison.Ordinal) => "no connection",
        RedisException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException => failure.Message,
        _ => null,
    };

    // What the system says, such as "Connection refused": it is some exceptions below that of the client.
    private static string? Cause(Exception? failure)
    {
        while (failure is not (null or SocketException))
        {
            failure = failure.InnerException;
        }

        return failure?.Message;
    }
}
