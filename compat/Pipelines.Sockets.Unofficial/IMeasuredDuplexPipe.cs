using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A duplex pipe that counts what went over the wire.</summary>
public interface IMeasuredDuplexPipe : IDuplexPipe
{
    /// <summary>Bytes that the transport has accepted for sending.</summary>
    long TotalBytesSent { get; }

    /// <summary>Bytes that the transport has delivered.</summary>
    long TotalBytesReceived { get; }
}
