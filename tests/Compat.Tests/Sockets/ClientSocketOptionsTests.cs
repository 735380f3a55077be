using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Rates.Compat.Tests.Sockets;

public class ClientSocketOptionsTests
{
    [Fact]
    public void A_dead_peer_is_probed_for_in_seconds()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        SocketConnection.SetRecommendedClientOptions(socket);

        Assert.True(socket.NoDelay);
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(10, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    [Fact]
    public void Sent_data_that_nobody_acknowledges_breaks_the_connection_in_five_seconds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_USER_TIMEOUT is a Linux option.");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        SocketConnection.SetRecommendedClientOptions(socket);

        var milliseconds = new byte[sizeof(int)];
        Assert.Equal(sizeof(int), socket.GetRawSocketOption(6, 18, milliseconds));
        Assert.Equal(5000, BitConverter.ToInt32(milliseconds));
    }

    [Fact]
    public void A_socket_that_is_not_TCP_is_left_alone()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        SocketConnection.SetRecommendedClientOptions(socket);

        Assert.Equal(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }
}
