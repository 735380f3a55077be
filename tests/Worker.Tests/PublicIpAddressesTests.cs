using System.Net;
using System.Net.Sockets;
using Rates.Providers;

namespace Rates.Worker.Tests;

/// <summary>Sources lie on the public internet, and nothing else is dialled.</summary>
public sealed class PublicIpAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("185.5.82.1")]
    [InlineData("172.15.255.255")]
    [InlineData("100.63.0.1")]
    [InlineData("2a00:1450:4001:82a::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Public_addresses_are_public(string address) => Assert.True(PublicIpAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("ff02::1")]
    public void Other_addresses_are_not(string address) => Assert.False(PublicIpAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_private_host_is_refused_before_anything_is_dialled(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dialer = new SourceConnector(new WorkerOptions());
        var target = new DnsEndPoint(new Uri($"http://{host}/").IdnHost, ((IPEndPoint)listener.LocalEndpoint).Port);

        var refused = await Assert.ThrowsAsync<ProviderException>(
            () => dialer.ConnectAsync("ecb", target, null, TestContext.Current.CancellationToken));

        Assert.Equal(ProviderFault.Refused, refused.Fault);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_name_server_is_asked_once_for_each_dial_and_every_answer_is_checked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = 0;
        var dialer = new SourceConnector(
            new(new()), proxy: null,
            (_, _) =>
                Task.FromResult<IPAddress[]>(asked++ == 0 ? [IPAddress.Parse("10.0.0.1"), IPAddress.Loopback] : [IPAddress.IPv6Loopback]));
        var target = new DnsEndPoint("rebinding.example", ((IPEndPoint)listener.LocalEndpoint).Port);

        await Assert.ThrowsAsync<ProviderException>(() => dialer.ConnectAsync("ecb", target, null, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ProviderException>(() => dialer.ConnectAsync("ecb", target, null, TestContext.Current.CancellationToken));

        Assert.Equal(2, asked);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("127.0.0.0/8", "")]
    [InlineData("", "gateway.example")]
    public async Task A_private_gateway_is_reached_where_its_network_or_its_name_is_allowed(string network, string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new WorkerOptions
        {
            AllowedNetworks = network.Length > 0 ? [network] : [],
            AllowedHosts = host.Length > 0 ? [host] : [],
        };
        var connector = new SourceConnector(new(options), proxy: null, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var reached = await connector.ConnectAsync(
            "ecb", new DnsEndPoint("gateway.example", port), null, TestContext.Current.CancellationToken);

        Assert.True(listener.Pending());
        Assert.Equal(network.Length > 0, await IsReachedAsync(connector, "other.example", port));
    }

    [Fact]
    public async Task A_proxy_is_reached_at_a_private_address_and_asked_for_public_hosts_only()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var connector = new SourceConnector(new WorkerOptions { Proxy = $"http://127.0.0.1:{port}" });
        var proxy = new DnsEndPoint("127.0.0.1", port);

        await using var reached = await connector.ConnectAsync(
            "ecb", proxy, new("https://rates.example/"), TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ProviderException>(
            () => connector.ConnectAsync("ecb", proxy, new("http://169.254.169.254/"), TestContext.Current.CancellationToken));

        Assert.Contains("169.254.169.254", refused.Reason, StringComparison.Ordinal);
    }

    private static async Task<bool> IsReachedAsync(SourceConnector connector, string host, int port)
    {
        try
        {
            await using var reached = await connector.ConnectAsync(
                "ecb", new DnsEndPoint(host, port), null, TestContext.Current.CancellationToken);
            return true;
        }
        catch (ProviderException)
        {
            return false;
        }
    }
}
