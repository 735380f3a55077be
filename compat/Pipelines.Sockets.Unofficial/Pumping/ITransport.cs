namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>
/// What carries the bytes: a socket, or a stream where TLS lies between. At most one receive and one send run at a time, each
/// may run beside the other. Dispose may come from any thread, more than once, and ends both.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>Receives what there is, at least a byte unless the buffer is empty.</summary>
    /// <returns>Bytes received; 0 once the peer has finished sending.</returns>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends some of <paramref name="bytes"/>, usually all.</summary>
    /// <returns>Bytes sent, at least one.</returns>
    ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells the peer that nothing more will be sent; receiving goes on.</summary>
    void FinishSending();
}
