using System.Text;
using System.Text.Json;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>What only a real server shows.</summary>
[Collection(Alone.Name)]
public sealed class ServerTests
{
    private const string Path = "/v1/rates?quotes=USD,GBP&providers=ecb,boc";

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var get = await api.ExchangeAsync(Request("GET", Path));
        var head = await api.ExchangeAsync(Request("HEAD", Path));

        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
        Assert.Equal(HeaderOf(get, "Content-Length"), HeaderOf(head, "Content-Length"));
        Assert.Equal(HeaderOf(get, "ETag"), HeaderOf(head, "ETag"));
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(int.Parse(HeaderOf(get, "Content-Length")),
            Encoding.UTF8.GetByteCount(get[(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));
        Assert.DoesNotContain("\r\nServer:", get, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        var requests = new StringBuilder();
        for (var number = 0; number < 50; number++)
        {
            requests.Append("GET /v1/rates?quotes=").Append(number % 2 == 0 ? "USD" : "GBP")
                .Append("&providers=ecb HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        var answers = (await api.ExchangeAsync(requests + Request("GET", "/health/live"))).Split("HTTP/1.1 200 OK").Skip(1).ToList();

        Assert.Equal(51, answers.Count);
        Assert.All(answers.Take(50).Index(), answer =>
            Assert.Contains(answer.Index % 2 == 0 ? "{\"USD\":1.1634}" : "{\"GBP\":0.8654}", answer.Item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_currencies_are_told_what_was_wrong()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(
            Request("GET", "/v1/rates?base=EUR&quotes=" + string.Join(',', Enumerable.Repeat("USD", 10_000))));

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("quotes: 39999 characters in a query of 40016, of which at most 4096 are read", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_address_is_414()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(Request("GET", "/v1/rates?quotes=" + new string('U', 70_000)));

        AssertProblem(answer, 414, "65536 bytes");
    }

    [Theory]
    [InlineData(41, 10)]
    [InlineData(3, 20_000)]
    public async Task Too_many_or_too_large_headers_are_431(int count, int length)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        var headers = string.Concat(Enumerable.Range(0, count).Select(number => $"X-{number}: {new string('x', length)}\r\n"));

        AssertProblem(await api.ExchangeAsync($"GET {Path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n"), 431, "40 headers");
    }

    [Theory]
    [InlineData("GET /v1/rates HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/rates HTTP/1.1\r\nHost x\r\n\r\n")]
    [InlineData("G=T /v1/rates HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET v1/rates HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n")]
    public async Task What_is_no_http_is_400(string request)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        AssertProblem(await api.ExchangeAsync(request), 400, "");
    }

    [Theory]
    [InlineData("/v1/rates", "GET, HEAD, OPTIONS")]
    [InlineData("/v1/rates/EUR/USD", "GET, HEAD, OPTIONS")]
    [InlineData("/v1/convert", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/openapi/v1.json", "GET, HEAD, OPTIONS")]
    [InlineData("/", "GET, HEAD, OPTIONS")]
    public async Task Options_is_204_with_the_methods(string path, string allowed)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(Request("OPTIONS", path));

        Assert.StartsWith("HTTP/1.1 204", answer, StringComparison.Ordinal);
        Assert.Equal(allowed.Split(", ").Order(), HeaderOf(answer, "Allow").Split(", ").Order());
    }

    [Fact]
    public async Task A_wrong_method_is_405_with_the_methods_and_an_unknown_path_404()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(Request("DELETE", "/v1/rates"));
        AssertProblem(answer, 405, "DELETE");
        Assert.Contains("GET", HeaderOf(answer, "Allow"), StringComparison.Ordinal);
        AssertProblem(await api.ExchangeAsync(Request("OPTIONS", "/v2/rates")), 404, "/v2/rates");
        AssertProblem(await api.ExchangeAsync(Request("DELETE", "/XQQ/QQQ")), 404, "/XQQ/QQQ");
        AssertProblem(await api.ExchangeAsync(Request("DELETE", "/EUR/USD")), 405, "DELETE");
        Assert.Equal("../pair/EUR/QQQ", HeaderOf(await api.ExchangeAsync(Request("GET", "/eur/QQQ")), "Location"));
    }

    [Fact]
    public async Task A_wrong_type_of_body_is_told_the_right_ones()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(
            "POST /v1/convert HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]");

        AssertProblem(answer, 415, "application/json and text/csv");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var answer = await api.ExchangeAsync(
            "POST /v1/convert HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: 31457280\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    private static void AssertProblem(string answer, int status, string named)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
        Assert.StartsWith("application/problem+json", HeaderOf(answer, "Content-Type"), StringComparison.Ordinal);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
    }

    private static string Request(string method, string path) => $"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static string HeaderOf(string answer, string name) =>
        answer.Split("\r\n").Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
