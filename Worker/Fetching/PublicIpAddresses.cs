using System.Net;
using System.Net.Sockets;

namespace Rates.Worker;

/// <summary>
/// Tells whether an IP address is one of the public internet. Sources may have no other addresses unless the settings allow it.
/// </summary>
internal static class PublicIpAddresses
{
    // IANA's special-purpose registries; cloud metadata services answer at 169.254.169.254 and fd00:ec2::254.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>
    /// False for private, loopback, link-local, shared, documentation, multicast and reserved addresses, also when
    /// written inside an IPv6 address.
    /// </summary>
    public static bool Contains(IPAddress address) => Embedded(address) is { } inner
        ? Contains(inner)
        : !Special.Any(network => network.Contains(address));

    private static IPAddress? Embedded(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => address.MapToIPv4(),
        AddressFamily.InterNetworkV6 when Translated.Contains(address) => new(address.GetAddressBytes()[12..]),
        AddressFamily.InterNetworkV6 when SixToFour.Contains(address) => new(address.GetAddressBytes()[2..6]),
        _ => null,
    };
}
