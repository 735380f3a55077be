using System.Net;
using System.Net.Sockets;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>
/// Opens network connections to sources, only to allowed addresses. The address that was checked is the one that is connected to.
/// </summary>
/// <remarks>Checking the name alone is not enough: the next DNS answer for it may differ.</remarks>
internal sealed class SourceConnector(PrivateAccess access, IWebProxy? proxy, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Uses the system's DNS resolver, and the proxy of the settings.</summary>
    public SourceConnector(WorkerOptions options)
        : this(new(options), ProxyOf(options), Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>The proxy of all requests; null for none.</summary>
    public IWebProxy? Proxy => proxy;

    /// <summary>A connection for a request to <paramref name="target"/>: to its host, or to the proxy.</summary>
    /// <param name="provider">The provider, for messages.</param>
    /// <param name="host">The host to connect to; its addresses are tried in the resolver's order.</param>
    /// <param name="target">The address of the request; null when it is unknown.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ProviderException">Every address of the host is forbidden.</exception>
    public async Task<Stream> ConnectAsync(string provider, DnsEndPoint host, Uri? target, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await resolve(host.Host, cancellationToken);
        var isAllowed = IsProxy(host, provider, target) || access.Allows(host.Host);
        IPAddress[] allowed = isAllowed ? found : [.. found.Where(IsAllowed)];
        if (allowed.Length == 0)
        {
            throw new ProviderException(
                ProviderFault.Refused, provider,
                found.Length == 0 ? $"{host.Host} has no address" : $"{host.Host} has the address {found[0]}, which is no public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // The exception goes on to the caller; the socket is closed first.
            socket.Dispose();
            throw;
        }
    }

    private static IWebProxy? ProxyOf(WorkerOptions options) => options.Proxy switch
    {
        "" => null,
        WorkerOptions.ProxyOfEnvironment => HttpClient.DefaultProxy,
        var address => new WebProxy(new Uri(address)),
    };

    private bool IsAllowed(IPAddress address) => PublicIpAddresses.Contains(address) || access.Allows(address);

    /// <summary>True for a connection to the proxy. The proxy resolves names itself, so only a literal address is checked here.</summary>
    private bool IsProxy(DnsEndPoint host, string provider, Uri? target)
    {
        if (proxy is null || target is null || proxy.IsBypassed(target) || proxy.GetProxy(target) is not { } used
            || !used.IdnHost.Equals(host.Host, StringComparison.OrdinalIgnoreCase) || used.Port != host.Port)
        {
            return false;
        }

        return !IPAddress.TryParse(target.IdnHost, out var address) || IsAllowed(address) || access.Allows(target.IdnHost)
            ? true
            : throw new ProviderException(ProviderFault.Refused, provider, $"{address} is no public address");
    }
}
