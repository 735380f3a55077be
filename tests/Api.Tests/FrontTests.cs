using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The usual read, answered straight from the server, is the same as one that goes through the host.</summary>
public sealed partial class FrontTests
{
    private const string Read = "/v1/rates?quotes=USD,GBP&providers=ecb,boc";

    public static TheoryData<string> Requests =>
    [
        Of("GET", "/v1/rates"),
        Of("GET", Read),
        Of("GET", Read) + Of("GET", Read) + Of("GET", Read),
        Of("HEAD", Read),
        Of("POST", Read),
        Of("OPTIONS", Read),
        Of("GET", Read, "Accept: application/json"),
        Of("GET", Read, "Accept: text/csv"),
        Of("GET", Read, "Accept: image/png"),
        Of("GET", Read, "If-None-Match: *"),
        Of("GET", Read, "If-Match: *"),
        Of("GET", Read, "If-Match: \"other\""),
        Of("GET", Read, "Accept-Encoding: br", "If-Match: \"other\"") + Of("GET", Read),
        Of("GET", Read, "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
        Of("GET", Read, "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"),
        Of("GET", Read, "X-Api-Key: wrong"),
        Of("GET", Read, "Authorization: Bearer wrong"),
        Of("GET", Read, "Origin: https://example.org", "User-Agent: test", "Accept-Encoding: gzip, br"),
        Of("GET", "/v1/rates?quotes=%55SD&providers=ecb"),
        Of("GET", "http://x" + Read),
        Of("GET", "/v1/rates?quotes=USD&providers=ecb&format=csv"),
        Of("GET", "/v1/rates?quotes=USD&providers=ecb&numbers=text"),
        Of("GET", "/v1/rates?quotes=USD&select=median&providers=ecb,boc"),
        Of("GET", "/v1/rates?select=median&providers=all"),
        Of("GET", "/v1/rates?quotes=USD&providers=ecb&date=2026-08-20"),
        Of("GET", "/v1/rates?quotes=USD&policy=consensus"),
        Of("GET", "/v1/rates?quotes=XXX"),
        Of("GET", "/v1/rates?quotes="),
        Of("GET", "/v1/rates?quotes=USD&quotes=USD"),
        Of("GET", "/v1/rates?nothing=1"),
        Of("GET", "/v1/rates?providers=nobody"),
        Of("GET", "/v1/ratesX?quotes=USD"),
        Of("GET", "/V1/rates?quotes=USD&providers=ecb"),
        Of("GET", Read) + Of("GET", "/v1/rates?quotes=XXX") + Of("GET", Read) + Of("GET", "/health/live") + Of("GET", Read),
        $"GET {Read} HTTP/1.0\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Answers_are_those_of_the_host(string requests)
    {
        await using var straight = await StartAsync();
        await using var throughHost = await StartAsync(("Rates:Telemetry:Requests", "true"));
        Assert.True(straight.Services.GetRequiredService<RatesFront>().IsOn);
        Assert.False(throughHost.Services.GetRequiredService<RatesFront>().IsOn);

        var answers = await straight.ExchangeAsync(requests + Of("GET", "/nothing", "Connection: close"));

        Assert.StartsWith("HTTP/1.1 ", answers, StringComparison.Ordinal);
        Assert.Equal(
            Comparable(await throughHost.ExchangeAsync(requests + Of("GET", "/nothing", "Connection: close"))), Comparable(answers));
    }

    [Theory]
    [InlineData("Rates:Access:OpenReads", "false", "HTTP/1.1 401")]
    [InlineData("Rates:Access:RequestsPerMinute", "1", "HTTP/1.1 429")]
    [InlineData("AllowedHosts", "rates.example", "HTTP/1.1 400")]
    public async Task What_the_host_refuses_is_refused(string setting, string value, string expected)
    {
        await using var api = await StartAsync((setting, value));

        await api.ExchangeAsync(Of("GET", Read, "Connection: close"));

        Assert.StartsWith(expected, await api.ExchangeAsync(Of("GET", Read, "Connection: close")), StringComparison.Ordinal);
    }

    // With the users and keys read: until then an answer says that it may depend on who asks.
    private static async Task<KestrelApi> StartAsync(params (string Name, string Value)[] settings)
    {
        var api = await KestrelApi.StartAsync(Sample.Store(), settings);
        await Eventually.IsAsync(
            () => api.Services.GetRequiredService<AccessDirectory>().Current is not null
                && api.Services.GetRequiredService<BookRefresher>().HasReachedStore,
            TestContext.Current.CancellationToken);
        return api;
    }

    private static string Of(string method, string target, params string[] headers) =>
        $"{method} {target} HTTP/1.1\r\nHost: x\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    private static string Comparable(string answers) => Changing().Replace(answers, "");

    // The second in which it was sent, and the number of the request.
    [GeneratedRegex("Date: [^\\r]*|\"requestId\":\"[^\"]*\"|\"instance\":\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex Changing();
}
