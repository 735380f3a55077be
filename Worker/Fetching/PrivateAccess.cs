using System.Net;

namespace Rates.Worker;

/// <summary>Tells which addresses and hosts sources may have although they are not public, as <see cref="WorkerOptions"/> states.</summary>
internal sealed class PrivateAccess(WorkerOptions options)
{
    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>True for an address in one of the allowed networks.</summary>
    public bool Allows(IPAddress address) =>
        options.AllowPrivateAddresses
        || _networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>True for a host that is allowed by its name.</summary>
    public bool Allows(string host) => options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
