using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Rates.Compat.Tests.Sockets;

/// <summary>A connection over loopback TCP together with the bare socket at its other end.</summary>
internal sealed class Loopback : IDisposable
{
    private Loopback(Socket client, Socket peer, PipeOptions? send, PipeOptions? receive, SocketConnectionOptions options)
    {
        Client = client;
        Peer = peer;
        Connection = SocketConnection.Create(client, send, receive, options, "loopback");
    }

    /// <summary>What is tested.</summary>
    public SocketConnection Connection { get; }

    /// <summary>The socket under <see cref="Connection"/>.</summary>
    public Socket Client { get; }

    /// <summary>The other end.</summary>
    public Socket Peer { get; }

    public static async Task<Loopback> ConnectAsync(
        PipeOptions? send = null,
        PipeOptions? receive = null,
        SocketConnectionOptions options = SocketConnectionOptions.None)
    {
        (Socket client, Socket peer) = await SocketsAsync();
        return new Loopback(client, peer, send, receive, options);
    }

    /// <summary>Two connected sockets with small buffers, so that back-pressure shows after little traffic.</summary>
    public static async Task<(Socket Client, Socket Peer)> SocketsAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.ReceiveBufferSize = 32 * 1024;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            SendBufferSize = 32 * 1024,
            ReceiveBufferSize = 32 * 1024,
        };
        SocketConnection.SetRecommendedClientOptions(client);
        await client.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        Socket peer = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        peer.NoDelay = true;
        return (client, peer);
    }

    /// <summary>Closes the peer so that the connection is reset rather than finished.</summary>
    public void ResetByPeer()
    {
        Peer.LingerState = new LingerOption(enable: true, seconds: 0);
        Peer.Dispose();
    }

    public void Dispose()
    {
        Connection.Dispose();
        Peer.Dispose();
    }
}
