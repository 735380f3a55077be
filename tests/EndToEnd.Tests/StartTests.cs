using System.Net;
using System.Net.Sockets;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>What an operator got wrong is told in one message that names it.</summary>
public sealed class StartTests
{
    // A port of the system's that nothing listens on.
    private const int Nobody = 1;

    public static TheoryData<string, string, string, string[]> BadSettings => new()
    {
        { "Worker", "Rates__Providers__ecb__Adress", "x", ["Rates:Providers:ecb", "Adress"] },
        { "Worker", "Rates__Providers__ecb__Address", "ftp://example.org/", ["Rates:Providers:ecb", "ftp://example.org/"] },
        { "Worker", "Rates__Providers__ecb__Schedule", "61 * * * * ?", ["Rates:Providers:ecb", "61 * * * * ?"] },
        { "Worker", "Rates__Providers__ecb__Calendar__Zone", "Europe/Atlantis", ["Rates:Providers:ecb", "Europe/Atlantis"] },
        { "Worker", "Rates__Providers__ecb__Calendar__Days", "FOO", ["Rates:Providers:ecb", "FOO"] },
        { "Worker", "Rates__Providers__ecb__Calendar__Holidays", "NOPE", ["Rates:Providers:ecb", "NOPE", "TARGET"] },
        { "Worker", "Rates__Providers__ecb__Calender__Days", "MON", ["Rates:Providers:ecb:Calender", "did you mean 'Calendar'?"] },
        { "Worker", "Rates__Providers__ebc__Enabled", "true", ["ebc", "did you mean"] },
        { "Worker", "Rates__Redsi", "127.0.0.1", ["Rates:Redsi", "did you mean 'Redis'?"] },
        { "Worker", "Rates__Worker__Deadlin", "00:00:10", ["Rates:Worker:Deadlin", "did you mean 'Deadline'?"] },
        { "Worker", "Rates__Worker__MaxConcurrency", "1000", ["MaxConcurrency", "1000"] },
        { "Worker", "Rates__Prefix", "a b", ["Prefix", "a b"] },
        { "Worker", "Rates__Redis", "127.0.0.1:6379,nonsense=1", ["Rates:Redis", "nonsense"] },
        { "Api", "Rates__Api__DefaultProviders__0", "E C B", ["DefaultProviders", "E C B"] },
        { "Api", "Rates__Api__PollInterval", "soon", ["PollInterval", "soon"] },
        { "Api", "Rates__Redsi", "127.0.0.1", ["Rates:Redsi", "did you mean 'Redis'?"] },
        { "Api", "Rates__Api__PolInterval", "00:00:01", ["Rates:Api:PolInterval", "did you mean 'PollInterval'?"] },
        { "Api", "Rates__Api__PollInterval", "00:10:00", ["Rates:Api:PollInterval '00:10:00' is not between 00:00:00.1"] },
        { "Standalone", "Rates__Redsi", "127.0.0.1", ["Rates:Redsi", "did you mean 'Redis'?"] },
        { "Standalone", "Rates__Api__DefaultProvider", "ecb", ["Rates:Api:DefaultProvider ", "did you mean 'DefaultProviders'?"] },
        { "Api", "ASPNETCORE_URLS", "http//nowhere", ["http//nowhere"] },
        { "Standalone", "Rates__Providers__ecb__Kind", "guess", ["Rates:Providers:ecb", "guess"] },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_bad_setting_stops_the_start_and_is_named(string program, string name, string value, string[] named)
    {
        var settings = Settings.Nowhere();
        settings[name] = value;
        await using var process = RatesProcess.Start(program, settings);

        var code = await process.EndAsync(Eventually.Limit);

        Assert.Equal(1, code);
        Assert.All(named, word => Assert.Contains(word, process.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Worker", "Worker:MaxConcurrency", "0", "Providers:ecb:Calendar:Days", "FOO")]
    [InlineData("Api", "Api:MaxConnections", "0", "Api:DefaultProviders", "E_CB")]
    [InlineData("Standalone", "Api:MaxConnections", "0", "Worker:MaxConcurrency", "many")]
    public async Task All_bad_settings_are_named_in_one_message(string program, string one, string first, string other, string second)
    {
        var settings = Settings.Nowhere();
        (settings[Name(one)], settings[Name(other)], settings["Rates__Prefix"]) = (first, second, "a b");
        await using var process = RatesProcess.Start(program, settings);

        var code = await process.EndAsync(Eventually.Limit);

        Assert.Equal(1, code);
        Assert.All([one, other.Split(':')[1], "Prefix"], word => Assert.Contains(word, process.Output, StringComparison.Ordinal));
        Assert.All([$"'{first}'", $"'{second}'", "'a b'"], value => Assert.Contains(value, process.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);

        static string Name(string setting) => $"Rates__{setting.Replace(":", "__", StringComparison.Ordinal)}";
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("Standalone")]
    public async Task A_used_port_stops_the_start_and_is_named(string program)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var settings = Settings.Nowhere();
        settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        await using var process = RatesProcess.Start(program, settings);

        var code = await process.EndAsync(Eventually.Limit);

        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Worker")]
    [InlineData("Api")]
    public async Task An_unreachable_Redis_is_named_and_waited_for(string program)
    {
        var settings = Settings.Nowhere();
        settings["Rates__Redis"] = $"127.0.0.1:{Nobody}";
        await using var process = RatesProcess.Start(program, settings);

        // Said once it was tried: "no connection", or "no answer in time" where connecting takes long.
        await process.SaysAsync($"127.0.0.1:{Nobody}: no ");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.EndAsync(TimeSpan.FromSeconds(2)));
    }
}
