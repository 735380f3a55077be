using System.Net;

namespace Rates.Worker;

/// <summary>Makes the connections over which messages are posted to receivers.</summary>
internal static class PostConnections
{
    // An answer is known by its status: what else is sent is not read.
    private const int MostKilobytesOfHeaders = 32;

    /// <summary>How long connecting may take, TLS included.</summary>
    public static TimeSpan ConnectWithin { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections to any address: for receivers that the settings of this machine name.</summary>
    public static HttpMessageInvoker ToAnywhere() => new(Handler());

    /// <summary>
    /// Connections to public addresses, and to those that the settings of the workers allow: for receivers that operators enter.
    /// </summary>
    /// <param name="connector">Checks each address as it is connected to.</param>
    public static HttpMessageInvoker ToAllowed(SourceConnector connector)
    {
        var handler = Handler();
        handler.ConnectCallback = async (context, token) => await connector.ConnectAsync(
            "webhook", context.DnsEndPoint, context.InitialRequestMessage.RequestUri, token);
        (handler.UseProxy, handler.Proxy) = (connector.Proxy is not null, connector.Proxy);
        return new(handler);
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = ConnectWithin,
        MaxResponseHeadersLength = MostKilobytesOfHeaders,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };
}
