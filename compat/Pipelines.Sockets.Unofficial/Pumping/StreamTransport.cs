namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>Carries bytes over a duplex stream, which it owns.</summary>
internal sealed class StreamTransport : ITransport
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _disposal = new();
    private readonly CancellationToken _disposed;
    private int _disposeCalls;

    public StreamTransport(Stream stream)
    {
        _stream = stream;
        _disposed = _disposal.Token;
    }

    /// <inheritdoc />
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer, _disposed);

    /// <inheritdoc />
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, _disposed).ConfigureAwait(false);
        await _stream.FlushAsync(_disposed).ConfigureAwait(false);
        return bytes.Length;
    }

    /// <summary>Does nothing: a stream has no half-close, and closing it whole would cut off replies still to come.</summary>
    public void FinishSending()
    {
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposeCalls, 1) != 0) return;

        // Not every stream ends a pending read when it is disposed; the token ends it in those that listen.
        _disposal.Cancel();
        _disposal.Dispose();
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // A buffering stream flushes when disposed; over a broken connection that fails, and it is closed all the same.
        }
    }
}
