using System.Net;

namespace Rates.Settings;

/// <summary>Parses network address ranges such as <c>10.0.0.0/8</c> from settings.</summary>
public static class NetworkParser
{
    /// <summary>
    /// A network such as <c>10.0.0.0/8</c>, or a single address as the network that holds nothing else; null when the text is neither.
    /// </summary>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
}
