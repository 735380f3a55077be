using System.Net;
using Microsoft.Extensions.Options;

namespace Rates.Api.Tests;

/// <summary>Where requests come from, and where a password may be sent.</summary>
public sealed class ClientAddressTests
{
    private static readonly ClientAddress Addresses = new(Options.Create(new AccessOptions
    {
        TrustedProxies = ["10.1.0.0/16",
        "2001:db8::1"]
    }));

    [Theory]
    [InlineData("127.0.0.1", "http", null, true)]
    [InlineData("::1", "http", null, true)]
    [InlineData("::ffff:127.0.0.1", "http", null, true)]
    [InlineData("192.0.2.7", "http", null, false)]
    [InlineData("192.0.2.7", "https", null, true)]
    [InlineData("192.0.2.7", "http", "https", false)] // not a declared proxy: the header may be the client's own
    [InlineData("10.1.2.3", "http", "https", true)]
    [InlineData("10.1.2.3", "http", "http", false)]
    [InlineData("10.1.2.3", "http", null, false)]
    [InlineData("2001:db8::1", "http", "https", true)]
    public void A_password_is_safe_over_tls_on_this_machine_and_behind_a_declared_proxy(
        string from, string scheme, string? forwarded, bool isSafe)
    {
        var context = Context(from, scheme);
        if (forwarded is not null)
        {
            context.Request.Headers["X-Forwarded-Proto"] = forwarded;
        }

        Assert.Equal(isSafe, Addresses.IsSafeForPasswords(context));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "proto=https")]
    public void A_proxy_on_this_machine_that_is_not_declared_is_not_this_machine(string header, string value)
    {
        var context = Context("127.0.0.1", "http");
        context.Request.Headers[header] = value;

        Assert.False(Addresses.IsSafeForPasswords(context));
    }

    [Fact]
    public void Two_schemes_in_one_header_are_not_believed()
    {
        var context = Context("10.1.2.3", "http");
        context.Request.Headers["X-Forwarded-Proto"] = new(["https", "http"]);

        Assert.False(Addresses.IsSafeForPasswords(context));
    }

    [Theory]
    [InlineData("192.0.2.7", "198.51.100.1", "192.0.2.7")]
    [InlineData("10.1.2.3", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.1.2.3", "1.2.3.4, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.1.2.3", "1.2.3.4, 198.51.100.1, 10.1.9.9", "198.51.100.1")] // two declared proxies in a row
    [InlineData("10.1.2.3", "10.1.8.8, 10.1.9.9", "10.1.8.8")]
    [InlineData("10.1.2.3", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("10.1.2.3", "1.2.3.4, nonsense", "10.1.2.3")]
    [InlineData("10.1.2.3", "nonsense", "10.1.2.3")]
    [InlineData("10.1.2.3", null, "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", null, "20010DB800010002")]
    public void Only_a_declared_proxy_is_believed_whom_it_speaks_for(string from, string? forwarded, string counted)
    {
        var context = Context(from, "http");
        if (forwarded is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        }

        Assert.Equal(counted, Addresses.Of(context));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("::1", true)]
    [InlineData("proxy.example", false)]
    public void A_proxy_is_an_address_or_a_network(string proxy, bool isRight) =>
        Assert.Equal(isRight, new AccessOptionsValidator().Validate(null, new() { TrustedProxies = [proxy] }).Succeeded);

    private static DefaultHttpContext Context(string from, string scheme)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        context.Request.Scheme = scheme;
        return context;
    }
}
