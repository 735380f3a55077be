using System.Net;
using System.Net.Sockets;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Opens connections, and only to addresses that a source may have: what is checked is what is dialled.</summary>
/// <remarks>A check of the name alone would be worth nothing: a name server may answer differently the second time.</remarks>
internal sealed class SourceConnector(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>A dialer that asks the system's resolver.</summary>
    public SourceConnector(WorkerOptions options)
        : this(options.AllowPrivateAddresses, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>A connection to one of the host's addresses, tried in the resolver's order.</summary>
    /// <exception cref="ProviderException">Every address of the host is forbidden.</exception>
    public async Task<Stream> ConnectAsync(string provider, DnsEndPoint host, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await resolve(host.Host, cancellationToken);
        var allowed = allowPrivate ? found : [.. found.Where(PublicAddresses.Contains)];
        if (allowed.Length == 0)
        {
            throw new ProviderException(ProviderFault.Refused, provider, found.Length == 0 ? $"{host.Host} has no address" : $"{host.Host} lies at {found[0]}, which is no public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // Whatever it was goes on; only the socket must not be left behind.
            socket.Dispose();
            throw;
        }
    }
}
