using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Options;
using Rates.Telemetry;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>What <c>/metrics</c> has, and who may read it.</summary>
[Collection(Alone.Name)]
public sealed class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_book_is_measured()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var metrics = await TextAsync(api);

        Assert.Contains("rates_book_sheets{otel_scope_name=\"Rates.Api\"} 2", metrics.Split('\n'));
        Assert.Contains("rates_provider=\"ecb\"} 1700000000001", metrics, StringComparison.Ordinal);
        Assert.Contains("rates_status=\"fresh\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("rates_store_up{", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measuring_begins_with_the_end_of_the_start_and_not_when_somebody_asks()
    {
        using var meter = new Meter("Rates.Api");
        var counter = meter.CreateCounter<long>("rates.test.counts");
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        await Eventually.IsAsync(() => counter.Enabled, Token);
        counter.Add(3);

        Assert.Contains("} 3", (await TextAsync(api)).Split('\n').Single(
            line => line.StartsWith("rates_test_counts_total{", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_measured_only_when_that_is_wanted_and_with_their_route()
    {
        // One after the other: metrics are collected from the whole process.
        await using (var quiet = await KestrelApi.StartAsync(Sample.Store()))
        {
            await GetAsync(quiet, "/v1/rates?quotes=USD");
            Assert.DoesNotContain("http_server_request_duration", await TextAsync(quiet), StringComparison.Ordinal);
        }

        await using var measured = await KestrelApi.StartAsync(Sample.Store(), ("Rates:Telemetry:Requests", "true"));
        await GetAsync(measured, "/v1/rates?quotes=USD");
        await GetAsync(measured, "/v1/rates/EUR/USD");

        // A request is counted when its answer has been sent, so the client may be first.
        foreach (var route in new[] { "/v1/rates", "/v1/rates/{base}/{quote}" })
        {
            var metrics = "";
            await Eventually.IsAsync(
                async () => (metrics = await TextAsync(measured)).Split('\n').Any(
                    line => line.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
                        && line.Contains($"http_route=\"{route}\"", StringComparison.Ordinal)
                        && line.Contains("http_response_status_code=\"200\"", StringComparison.Ordinal)
                        && line.EndsWith("} 1", StringComparison.Ordinal)),
                () => metrics, Token);
        }
    }

    [Theory]
    [InlineData("GET", HttpStatusCode.OK)]
    [InlineData("HEAD", HttpStatusCode.OK)]
    [InlineData("POST", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", HttpStatusCode.NoContent)]
    public async Task Metrics_are_read_and_not_kept(string method, HttpStatusCode status)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        using var client = Client(api);
        using var request = new HttpRequestMessage(new(method), "/metrics");

        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status != HttpStatusCode.NoContent, answer.Headers.CacheControl?.NoStore == true);
        Assert.Equal(
            status == HttpStatusCode.OK ? [] : ["GET", "HEAD"], answer.Content.Headers.Allow.Where(one => one != "OPTIONS"));
    }

    [Fact]
    public async Task Metrics_are_not_given_to_who_comes_through_a_proxy()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        using var client = Client(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "198.51.100.7");

        using var answer = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("AllowedNetworks", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_read_on_this_machine_also_when_reads_are_closed()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store(), ("Rates:Access:OpenReads", "false"));

        Assert.Contains("rates_book_version", await TextAsync(api), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("::ffff:127.0.0.1", null, true)]
    [InlineData("127.0.0.1", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "Forwarded", false)]
    [InlineData("10.1.2.3", null, true)]
    [InlineData("::ffff:10.1.2.3", null, true)]
    [InlineData("10.2.0.1", null, false)]
    [InlineData("192.0.2.7", null, true)]
    [InlineData("192.0.2.8", null, false)]
    [InlineData(null, null, false)]
    public void Only_this_machine_and_the_networks_of_the_settings_may_read(string? from, string? header, bool isAllowed)
    {
        var readers = new MetricsReaders(Options.Create(new TelemetryOptions { AllowedNetworks = ["10.1.0.0/16", "192.0.2.7"] }));
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        if (header is not null)
        {
            context.Request.Headers[header] = "198.51.100.7";
        }

        Assert.Equal(isAllowed, readers.Allows(context));
    }

    [Theory]
    [InlineData("Otlp", "collector:4317", "is not an address")]
    [InlineData("OtlpProtocol", "soap", "neither grpc nor http/protobuf")]
    [InlineData("OtlpHeadersFile", "/nowhere/headers", "there is no file")]
    [InlineData("AllowedNetworks", "intern", "is not an address or a network")]
    [InlineData("Requets", "true", "did you mean 'Requests'?")]
    public async Task A_setting_that_cannot_be_used_is_named_at_the_start(string name, string value, string problem)
    {
        var wrong = await Assert.ThrowsAnyAsync<Exception>(
            () => KestrelApi.StartAsync(Sample.Store(), ($"Rates:Telemetry:{name}", value)));

        Assert.Contains($"Rates:Telemetry:{name}", wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, wrong.ToString(), StringComparison.Ordinal);
    }

#pragma warning disable RS0030 // A client of the product, as any user has one.
    private static HttpClient Client(KestrelApi api) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api.Address };
#pragma warning restore RS0030

    private static async Task<string> TextAsync(KestrelApi api) => await GetAsync(api, "/metrics");

    private static async Task<string> GetAsync(KestrelApi api, string path)
    {
        using var client = Client(api);
        return await client.GetStringAsync(path, Token);
    }
}
