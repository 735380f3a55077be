using System.Net;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Every address that is read is also answered to HEAD: what GET answers, without its body.</summary>
public sealed class HeadTests
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["{base}"] = "EUR",
        ["{base:length(3)}"] = "EUR",
        ["{quote}"] = "USD",
        ["{quote:length(3)}"] = "USD",
        ["{code}"] = "USD",
        ["{key}"] = "ecb",
        ["{provider}"] = "ecb",
        ["{date}"] = "2026-08-20",
        ["{name}"] = "root",
    };

    // Without these there is only a problem to read.
    private static readonly Dictionary<string, string> Queries = new()
    {
        ["/v1/convert"] = "?from=EUR&to=USD",
        ["/v1/history"] = "?quotes=USD&from=2026-08-18&to=2026-08-20",
        ["/soap/rates"] = "?wsdl",
    };

    [Fact]
    public async Task Head_is_answered_as_get_without_a_body()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        var routes = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
        List<string> good = [];
        foreach (var route in routes)
        {
            var address = Values.Aggregate(route, (path, value) => path.Replace(value.Key, value.Value, StringComparison.Ordinal))
                + Queries.GetValueOrDefault(route);
            using var get = await SendAsync(api, "GET", address);
            using var head = await SendAsync(api, "HEAD", address);

            Assert.True(get.StatusCode == head.StatusCode, $"GET {address} is {get.StatusCode}, HEAD {head.StatusCode}");
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(get.Headers.CacheControl, head.Headers.CacheControl);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            good.AddRange(get.IsSuccessStatusCode ? [route] : []);
        }

        Assert.Contains("/v1/ops/archive", good);
        Assert.True(good.Count > 50, string.Join('\n', routes.Except(good)));
    }

    [Theory]
    [InlineData("/mcp", "POST")]
    [InlineData("/v1/ops/replay/ecb", "POST")]
    public async Task Where_get_is_not_allowed_neither_is_head(string address, string allowed)
    {
        await using var api = new ApiFixture();

        using var head = await AccessTests.SendAsync(api, "HEAD", address);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal([allowed], head.Content.Headers.Allow);
    }

    private static Task<HttpResponseMessage> SendAsync(ApiFixture api, string method, string address) =>
        AccessTests.SendAsync(api, method, address, AccessTests.Basic("root", "correct horse battery"));
}
