using System.Net;

namespace Rates.Worker;

/// <summary>
/// Tells which private addresses and hosts sources may have, as <see cref="WorkerOptions"/> states; all others must be public.
/// </summary>
internal sealed class PrivateAccess(WorkerOptions options)
{
    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>True for an address in one of the allowed networks.</summary>
    public bool Allows(IPAddress address) =>
        options.AllowPrivateAddresses
        || _networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>True for a host that is allowed by its name.</summary>
    public bool Allows(string host) => Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>The hosts that are allowed by their names: those of the settings, and those that the file lists now.</summary>
    public IReadOnlyList<string> Hosts => [.. options.AllowedHosts, .. Listed()];

    private IEnumerable<string> Listed()
    {
        if (options.AllowedHostsFile.Length == 0)
        {
            return [];
        }

        try
        {
            var lines = File.ReadAllLines(options.AllowedHostsFile);
            return [.. lines.Select(line => line.Split('#')[0].Trim()).Where(host => host.Length > 0)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Without the file, none of its hosts is allowed.
            return [];
        }
    }
}
