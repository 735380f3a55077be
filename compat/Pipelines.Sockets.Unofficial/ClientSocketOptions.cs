using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>The options that make a client's TCP socket prompt in both senses.</summary>
internal static class ClientSocketOptions
{
    // Without probes an idle connection never notices that its peer has gone; the system's default starts after two hours.
    private const int KeepAliveSeconds = 10;
    private const int ProbeIntervalSeconds = 1;
    private const int Probes = 3;

    // From linux/tcp.h; .NET has no name for it. Probes do not run while sent data waits for acknowledgement: retransmission
    // then goes on for some fifteen minutes unless this bounds it.
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;
    private const int UserTimeoutMilliseconds = 5000;

    public static void Apply(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.ProtocolType != ProtocolType.Tcp) return;

        Try(() => socket.NoDelay = true);
        Try(() => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true));
        Try(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds));
        Try(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeIntervalSeconds));
        Try(() => socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes));
        if (!OperatingSystem.IsLinux()) return;
        Try(() => socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes(UserTimeoutMilliseconds)));
    }

    // Sandboxes and older systems refuse single options. A connection that is slower to notice a fault is better than none.
    private static void Try(Action set)
    {
        try
        {
            set();
        }
        catch (SocketException)
        {
            // Refused; see above.
        }
    }
}
