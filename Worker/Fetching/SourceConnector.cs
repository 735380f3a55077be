using System.Net;
using System.Net.Sockets;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>
/// Opens connections to sources, only to allowed addresses. The address that was checked is the one that is connected to.
/// </summary>
/// <remarks>Checking the name alone is not enough: the next DNS answer for it may differ.</remarks>
internal sealed class SourceConnector(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Uses the system's DNS resolver.</summary>
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
}
