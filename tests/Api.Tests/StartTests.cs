using System.Net;
using System.Net.Sockets;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The built program as a process of its own.</summary>
public sealed class StartTests
{
    [Fact]
    public void Every_group_of_endpoints_is_listed_in_order()
    {
        var classes = typeof(IEndpointGroup).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEndpointGroup)))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

        Assert.Equal(classes, EndpointGroups.All.Select(group => group.GetType()));
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, error) = await RunAsync("--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--urls", "nonsense", "nonsense")]
    [InlineData("--urls", "http://127.0.0.1:99999", "99999")]
    [InlineData("--urls", "ftp://127.0.0.1", "ftp://")]
    [InlineData("--urls", "http://203.0.113.7:5999", "203.0.113.7")]
    [InlineData("--Rates:Api:PollInterval", "00:10:00", "PollInterval")]
    [InlineData("--Rates:Api:PollInterval", "soon", "soon")]
    [InlineData("--Rates:Api:DefaultProviders:0", "ECB!", "ECB!")]
    [InlineData("--Rates:Api:Facades:Off", "fixxer", "Rates:Api:Facades:Off: 'fixxer' is not a façade: did you mean 'fixer'?")]
    [InlineData("--Rates:Api:Facades:Oxr", "ecb,B OC", "Rates:Api:Facades:Oxr: 'B OC' is not a provider key")]
    [InlineData("--Rates:Api:Facades:Foo", "a", "Rates:Api:Facades:Foo is not a setting")]
    [InlineData("--Rates:Api:Policies:mine:Provider", "ecb", "Policies:mine:Provider is not a setting: did you mean 'Providers'?")]
    [InlineData("--Rates:Api:Policies:mine:Providers", "ecb,B_C", "Rates:Api:Policies:mine:Providers: 'B_C' is not a provider key")]
    [InlineData("--Rates:Api:Policies:mine:Title", "Mine", "Rates:Api:Policies:mine:Select: 'first' needs providers")]
    [InlineData("--Rates:Api:Policies:vat-eu:Select", "each", "Rates:Api:Policies:vat-eu:Select: 'each' gives no single figure")]
    [InlineData("--Rates:Api:Policies:vat-eu:Day", "today", "Rates:Api:Policies:vat-eu:Day: 'today' is not one of on-or-before")]
    [InlineData("--Rates:Api:Policies:vat-eu:Round", "13", "Rates:Api:Policies:vat-eu:Round: '13' is neither minor nor a number of")]
    [InlineData("--Rates:Api:Policies:consensus:Rounding", "up", "Rates:Api:Policies:consensus:Rounding: 'up' needs Round")]
    [InlineData("--Rates:Api:Policies:vat-eu:Basis", "javascript:alert(1)", "vat-eu:Basis: 'javascript:alert(1)' is not an address")]
    [InlineData("--Rates:Api:Policies:vat-eu:Basis", "eur-lex.europa.eu", "Policies:vat-eu:Basis: 'eur-lex.europa.eu' is not an address")]
    [InlineData("--Rates:Api:Policies:vat-eu:Round", "-1", "Rates:Api:Policies:vat-eu:Round: '-1' is neither minor nor a number of")]
    [InlineData("--Rates:Api:Policies:vat-eu:Rounding", "half", "Rates:Api:Policies:vat-eu:Rounding: 'half' is not one of half-up")]
    [InlineData("--Rates:Api:Policies:vat eu:Providers", "ecb", "Rates:Api:Policies:vat eu: 'vat eu' is not a name: lower-case letters")]
    [InlineData("--Rates:Api:Policies:Mine:Providers", "ecb", "Rates:Api:Policies:Mine: 'Mine' is not a name: lower-case letters")]
    [InlineData("--Rates:Api:Policies::Providers", "ecb", "Rates:Api:Policies:: '' is not a name: lower-case letters")]
    [InlineData("--Rates:Api:Policies:vat-ue:Enabled", "false", "vat-ue:Enabled 'false' takes no policy away: did you mean 'vat-eu'?")]
    [InlineData("--Rates:Api:Policies", "x", "Rates:Api:Policies 'x' is not a policy")]
    public async Task A_setting_that_cannot_be_is_named(string name, string value, string named)
    {
        var (code, error) = await RunAsync("--urls", "http://127.0.0.1:0", name, value);

        Assert.Equal(1, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("rates-start-");
        try
        {
            var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
            var run = await ProgramRun.OfAsync(
                new(host, [typeof(RatesApi).Assembly.Location, "--Rates:DataFolder", folder.FullName, .. arguments]),
                Eventually.Limit, TestContext.Current.CancellationToken);
            return (run.Code, run.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
