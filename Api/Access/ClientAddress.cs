using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Api;

/// <summary>
/// Finds the IP address that a request came from, also behind trusted proxies, and whether its connection is safe for a password.
/// </summary>
/// <param name="options">Which proxies are believed.</param>
internal sealed class ClientAddress(IOptions<AccessOptions> options)
{
    private const int NetworkBytes = 8;

    // A proxy on this machine that is not declared may have received the password over an open line.
    private static readonly string[] ForwardedHeaders = ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"];

    private readonly IPNetwork[] _proxies = [.. options.Value.TrustedProxies.Select(proxy => NetworkParser.Parse(proxy)!.Value)];

    /// <summary>The address that limits go by; an IPv6 address stands for its /64 network, which is one customer's.</summary>
    public string Of(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress);
        if (address is not null && IsProxy(address))
        {
            address = Client(context.Request.Headers["X-Forwarded-For"].ToString(), address);
        }

        return address switch
        {
            null => "local",
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
            _ => address.ToString(),
        };
    }

    /// <summary>
    /// True over TLS, from this machine itself without a proxy between, or from a declared proxy that was reached over TLS.
    /// </summary>
    public bool IsSafeForPasswords(HttpContext context)
    {
        if (context.Request.IsHttps)
        {
            return true;
        }

        // Neither a socket of the file system nor a test's server has an address.
        var address = Plain(context.Connection.RemoteIpAddress);
        var headers = context.Request.Headers;
        return address is null
            || (IsProxy(address)
                ? headers["X-Forwarded-Proto"] == "https"
                : IPAddress.IsLoopback(address) && !Array.Exists(ForwardedHeaders, headers.ContainsKey));
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    // Each proxy adds the address that it saw to the end. What stands before the last one that is no declared proxy may be the
    // client's invention.
    private IPAddress Client(string forwarded, IPAddress proxy)
    {
        var client = proxy;
        foreach (var part in forwarded.Split(',').Reverse())
        {
            if (!IPEndPoint.TryParse(part.Trim(), out var end))
            {
                break;
            }

            client = Plain(end.Address)!;
            if (!IsProxy(client))
            {
                break;
            }
        }

        return client;
    }

    private bool IsProxy(IPAddress address) => Array.Exists(_proxies, proxy => proxy.Contains(address));
}
