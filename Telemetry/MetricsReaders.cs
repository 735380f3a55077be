using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Telemetry;

/// <summary>
/// Decides who may read <c>/metrics</c> without credentials: programs on this machine, and those of the networks in the settings.
/// </summary>
public sealed class MetricsReaders(IOptions<TelemetryOptions> options)
{
    /// <summary>The path of the metrics.</summary>
    public const string Path = "/metrics";

    private readonly IPNetwork[] _networks = [.. options.Value.AllowedNetworks.Select(network => NetworkParser.Parse(network)!.Value)];

    /// <summary>
    /// True for a direct connection from this machine or from an allowed network. A request that a proxy passed on does not count: its
    /// sender is not known. Neither does one without an address.
    /// </summary>
    public bool Allows(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Request.Headers;
        if (headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded")
            || context.Connection.RemoteIpAddress is not { } address)
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(address) || Array.Exists(_networks, network => network.Contains(address));
    }
}
