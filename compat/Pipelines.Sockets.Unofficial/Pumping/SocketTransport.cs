using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>Carries bytes over a connected socket, which it owns. The loops resume on the given schedulers.</summary>
internal sealed class SocketTransport(Socket socket, PipeScheduler receiveScheduler, PipeScheduler sendScheduler) : ITransport
{
    private readonly SocketAwaitableEventArgs _receiving = new(receiveScheduler);
    private readonly SocketAwaitableEventArgs _sending = new(sendScheduler);
    private int _disposeCalls;

    /// <summary>Bytes that have arrived and wait in the socket; 0 once it is closed.</summary>
    public int Available
    {
        get
        {
            try
            {
                return socket.Available;
            }
            catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
            {
                return 0;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        _receiving.SetBuffer(buffer);
        return _receiving.Started(socket.ReceiveAsync(_receiving));
    }

    /// <inheritdoc />
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        _sending.SetBuffer(MemoryMarshal.AsMemory(bytes));
        return _sending.Started(socket.SendAsync(_sending));
    }

    /// <inheritdoc />
    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposeCalls, 1) != 0) return;

        // Without it .NET closes a socket that has an operation pending by a reset, which takes sent data back with it.
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            // The peer or the socket's creator was first.
        }

        socket.Dispose();
        _receiving.Dispose();
        _sending.Dispose();
    }
}
