using System.Net;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Reads that are only wanted while the answer is the one that the client has: RFC 9110, section 13.</summary>
public sealed class PreconditionTests : IAsyncLifetime
{
    private const string Usd = "/v1/rates?quotes=USD&providers=ecb";
    private const string Other = "\"other\"";

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("*", 200)]
    [InlineData("{tag}", 200)]
    [InlineData("\"a\", {tag}", 200)]
    [InlineData("\"a\",{tag},\"b\"", 200)]
    [InlineData("W/{tag}", 412)]
    [InlineData("\"a\", W/{tag}", 412)]
    [InlineData("\"a\", \"b\"", 412)]
    [InlineData("tag", 412)]
    [InlineData("\"\"", 412)]
    public async Task If_match_names_the_answer_by_a_strong_tag_or_is_refused(string sent, int expected)
    {
        var header = sent.Replace("{tag}", await TagAsync(Usd), StringComparison.Ordinal);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var response = await SendAsync(method, Usd, ("If-Match", header));

            Assert.Equal(expected, (int)response.StatusCode);
            if (expected == 412 && method == HttpMethod.Get)
            {
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
                Assert.True(response.Headers.CacheControl!.NoStore);
                // The client and the server join the lines of a list without a space.
                var shown = header.Replace(", ", ",", StringComparison.Ordinal);
                var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
                Assert.Equal(("If-Match", shown), (Text(problem, "parameter"), Text(problem, "value")));
                Assert.Equal(
                    $"If-Match: '{shown}' does not name the entity tag of the answer, {await TagAsync(Usd)}", Text(problem, "detail"));
            }
        }
    }

    [Theory]
    [InlineData("{tag}", "{tag}", 304)]
    [InlineData("*", "*", 304)]
    [InlineData("{tag}", "\"a\"", 200)]
    [InlineData("\"a\"", "{tag}", 412)]
    public async Task If_match_goes_before_if_none_match(string match, string noneMatch, int expected)
    {
        var tag = await TagAsync(Usd);

        using var response = await _api.GetAsync(
            Usd, ("If-Match", match.Replace("{tag}", tag, StringComparison.Ordinal)),
            ("If-None-Match", noneMatch.Replace("{tag}", tag, StringComparison.Ordinal)));

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task If_unmodified_since_counts_where_there_is_no_if_match_and_the_answer_tells_when_it_changed()
    {
        using var first = await _api.GetAsync(Usd);
        var modified = first.Content.Headers.LastModified!.Value;
        var (tag, before) = (first.Headers.ETag!.Tag, modified.AddSeconds(-1).ToString("R"));

        Assert.Equal(200, await StatusAsync(Usd, ("If-Unmodified-Since", modified.ToString("R"))));
        Assert.Equal(200, await StatusAsync(Usd, ("If-Unmodified-Since", "yesterday")));
        Assert.Equal(200, await StatusAsync(Usd, ("If-Unmodified-Since", before), ("If-Match", tag)));
        Assert.Equal(200, await StatusAsync("/v1/currencies", ("If-Unmodified-Since", before)));
        Assert.Equal(412, await StatusAsync(Usd, ("If-Unmodified-Since", before), ("If-None-Match", tag)));
        var problem = await _api.ProblemAsync(Usd, HttpStatusCode.PreconditionFailed, ("If-Unmodified-Since", before));
        Assert.Equal(("If-Unmodified-Since", before), (Text(problem, "parameter"), Text(problem, "value")));
    }

    [Fact]
    public async Task A_tag_of_any_coding_that_the_request_accepts_names_the_answer()
    {
        const string Address = "/v1/providers";
        var plain = await TagAsync(Address);
        var packed = $"{plain[..^1]}-br\"";
        foreach (var (tag, accepted, expected) in ((string, string, int)[])[
            (plain, "br", 200), (packed, "br", 200), (plain, "identity", 200), (packed, "identity", 412), (packed, "gzip", 412)])
        {
            Assert.Equal(expected, await StatusAsync(Address, ("If-Match", tag), ("Accept-Encoding", accepted)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("br")]
    public async Task Every_answer_with_an_entity_tag_is_refused_to_who_wants_another_one(string accepted)
    {
        await AccessTests.SignedUpAsync(_api, "root", AccessRole.Admin);
        HashSet<string> tagged = [];
        foreach (var (route, address) in ReadAddresses.Of(_api))
        {
            using var first = await AsRootAsync(address, accepted);
            if (first.Headers.ETag is not { } tag)
            {
                continue;
            }

            tagged.Add(route);
            using var any = await AsRootAsync(address, accepted, ("If-Match", "*"));
            using var same = await AsRootAsync(address, accepted, ("If-Match", tag.Tag));
            using var other = await AsRootAsync(address, accepted, ("If-Match", Other));
            using var both = await AsRootAsync(address, accepted, ("If-Match", Other), ("If-None-Match", tag.Tag));
            Assert.True(
                (any.StatusCode, same.StatusCode, other.StatusCode, both.StatusCode)
                    == (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed),
                $"{address}: {any.StatusCode}, {same.StatusCode}, {other.StatusCode}, {both.StatusCode}");
            Assert.Contains("other", await other.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            Assert.Null(other.Headers.ETag);
        }

        string[] known = ["/v1/history", "/openapi/v1.json", "/v1/ops/schedules/{provider}", "/", "/frankfurter/v1/latest"];
        Assert.Empty(known.Except(tagged));
    }

    [Fact]
    public async Task A_posted_body_is_answered_whatever_the_headers_say()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/convert")
        {
            Content = new StringContent("amount,from,to\n1,EUR,USD\n", null, "text/csv"),
        };
        request.Headers.Add("If-Match", Other);

        using var response = await _api.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<string> TagAsync(string address)
    {
        using var response = await _api.GetAsync(address);
        return response.Headers.ETag!.Tag;
    }

    private async Task<int> StatusAsync(string address, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Get, address, headers);
        return (int)response.StatusCode;
    }

    private Task<HttpResponseMessage> AsRootAsync(string address, string accepted, params (string Name, string Value)[] headers) =>
        SendAsync(
            HttpMethod.Get, address,
            [("Authorization", AccessTests.Basic("root", "correct horse battery").ToString()), ("Accept-Encoding", accepted), .. headers]);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _api.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
