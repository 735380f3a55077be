using System.Net;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Every address that is read is also answered to HEAD: what GET answers, without its body.</summary>
public sealed class HeadTests
{
    [Fact]
    public async Task Head_is_answered_as_get_without_a_body()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        var routes = ReadAddresses.Of(api);
        List<string> good = [];
        foreach (var (route, address) in routes)
        {
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
        Assert.True(good.Count > 50, string.Join('\n', routes.Select(one => one.Route).Except(good)));
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
