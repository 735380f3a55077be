using System.Net;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed class CachingTests
{
    private const string Usd = "/v1/rates?quotes=USD&providers=ecb";

    [Fact]
    public async Task A_success_says_how_long_it_is_right()
    {
        await using var api = new ApiFixture();
        await Eventually.IsAsync(
            () => api.Services.GetRequiredService<AccessDirectory>().Current is not null, TestContext.Current.CancellationToken);

        using var response = await api.GetAsync(Usd);

        // Nothing is expected for hours, but a figure may be corrected at any moment.
        Assert.Equal("public, max-age=900, stale-while-revalidate=60", response.Headers.CacheControl?.ToString());
        Assert.Equal(new DateTimeOffset(2026, 8, 20, 14, 2, 11, TimeSpan.Zero), response.Content.Headers.LastModified);
        Assert.Equal("Accept, Accept-Encoding", string.Join(", ", response.Headers.Vary));
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(
            "ETag, Link, Rates-Unconfirmed, Retry-After", Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")));
    }

    [Fact]
    public async Task The_next_publication_ends_it_and_while_one_is_due_it_is_seconds()
    {
        await using var api = new ApiFixture();
        Assert.Equal("public, max-age=900, stale-while-revalidate=60", await CacheControlAsync(api));

        api.Time.Advance(TimeSpan.FromHours(5.5) - TimeSpan.FromSeconds(30));
        Assert.Equal("public, max-age=30, stale-while-revalidate=30", await CacheControlAsync(api));

        api.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("public, max-age=10, stale-while-revalidate=10", await CacheControlAsync(api));

        static async Task<string?> CacheControlAsync(ApiFixture api)
        {
            await api.RefreshAsync();
            using var response = await api.GetAsync("/v1/rates?quotes=USD&providers=boc");
            return response.Headers.CacheControl?.ToString();
        }
    }

    [Fact]
    public async Task While_something_is_missing_or_stale_it_is_a_minute_at_most()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/v1/rates?quotes=USD&providers=ecb,google");

        Assert.Equal("public, max-age=60, stale-while-revalidate=60", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_same_bytes_are_304()
    {
        await using var api = new ApiFixture();
        var tag = await TagAsync(api);

        foreach (var sent in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            using var response = await api.GetAsync(Usd, ("If-None-Match", sent));

            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(tag, response.Headers.ETag?.ToString());
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        using var different = await api.GetAsync(Usd, ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, different.StatusCode);
    }

    [Fact]
    public async Task If_modified_since_is_304_until_what_is_answered_changes()
    {
        await using var api = new ApiFixture();
        using var first = await api.GetAsync(Usd);
        var modified = first.Content.Headers.LastModified!.Value.ToString("R");

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(modified));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(Sample.Now.ToString("R")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Sample.EcbSheet.FetchedAt.AddSeconds(-1).ToString("R")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("yesterday"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(modified, ("If-None-Match", "\"other\"")));

        // The sheet stays, its status does not.
        api.Time.Advance(TimeSpan.FromHours(8));
        await api.RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(modified));

        async Task<HttpStatusCode> StatusAsync(string since, params (string, string)[] more)
        {
            using var response = await api.GetAsync(Usd, [("If-Modified-Since", since), .. more]);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_sheet_that_comes_in_late_is_not_hidden_by_one_that_was_fetched_after_it()
    {
        await using var api = new ApiFixture();
        const string Both = "/v1/rates?quotes=USD&providers=ecb,boc";
        using var first = await api.GetAsync(Both);
        var modified = first.Content.Headers.LastModified!.Value.ToString("R");
        api.Store.Publish(Sample.BocSheet with { Observations = Sample.Figures(Sample.BocSheet.AsOf, "EUR/CAD 1.7000") });

        await api.RefreshAsync();

        using var second = await api.GetAsync(Both, ("If-Modified-Since", modified));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=USD&providers=ecb&date=2026-08-19")]
    [InlineData("/v1/rates/EUR/USD?providers=ecb&date=2026-08-19")]
    [InlineData("/v1/convert?from=EUR&to=USD&providers=ecb&date=2026-08-19")]
    public async Task A_past_day_tells_when_it_was_fetched(string address)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(address);

        Assert.Equal(InMemoryRates.FetchedAt(new(2026, 8, 19)), response.Content.Headers.LastModified);
        if (!address.Contains("convert", StringComparison.Ordinal))
        {
            Assert.Contains("\"fetchedAt\":\"2026-08-19T23:59:00Z\"",
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Usd)]
    [InlineData("/v1/rates/EUR/USD")]
    [InlineData("/v1/rates/EUR/USD?providers=ecb&format=csv")]
    public async Task A_sheet_that_its_source_only_confirmed_leaves_the_tag(string address)
    {
        await using var api = new ApiFixture();
        using var first = await api.GetAsync(address);

        api.Store.Publish(Sample.EcbSheet with { CheckedAt = Sample.Now.AddMinutes(5) });
        await api.RefreshAsync();

        using var second = await api.GetAsync(address);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task The_tag_is_of_the_bytes_cached_or_not()
    {
        await using var api = new ApiFixture();

        var tags = new List<string> { await TagAsync(api), await TagAsync(api), await TagAsync(api), await TagAsync(api) };

        Assert.Single(tags.Distinct());
    }

    [Fact]
    public async Task The_tag_moves_with_a_figure_a_status_or_a_format_and_with_nothing_else()
    {
        await using var api = new ApiFixture();
        var first = await TagAsync(api);
        api.Store.Publish(Sample.BocSheet with { Observations = Sample.Figures(Sample.BocSheet.AsOf, "EUR/CAD 1.7000") });
        await api.RefreshAsync();
        Assert.Equal(first, await TagAsync(api));

        api.Time.Advance(TimeSpan.FromHours(8));
        await api.RefreshAsync();
        var closed = await TagAsync(api);
        Assert.NotEqual(first, closed);

        api.Store.Publish(Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, "EUR/USD 1.1635") });
        await api.RefreshAsync();
        Assert.NotEqual(closed, await TagAsync(api));

        using var csv = await api.GetAsync(Usd, ("Accept", "text/csv"));
        Assert.NotEqual(await TagAsync(api), csv.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task An_answer_kept_from_before_is_gone_with_its_book()
    {
        await using var api = new ApiFixture();
        for (var round = 0; round < 3; round++)
        {
            Assert.Contains("1.1634", await api.TextAsync(Usd), StringComparison.Ordinal);
        }

        Assert.NotNull(api.Services.GetRequiredService<RatesEndpoint>().AnswersOf(api.Book)
            .Find("?quotes=USD&providers=ecb", AnswerFormat.Json));
        Assert.Contains("<rates>", await api.TextAsync(Usd, ("Accept", "application/xml")), StringComparison.Ordinal);
        api.Store.Publish(Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, "EUR/USD 1.1635") });
        await api.RefreshAsync();

        Assert.Contains("1.1635", await api.TextAsync(Usd), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_of_answers_is_bounded_and_keeps_nothing_asked_once()
    {
        var cache = new AnswerCache(RateBook.Empty);
        var body = new byte[1024 * 1024];
        for (var number = 0; number < 100; number++)
        {
            cache.Offer($"?{number}", AnswerFormat.Json, body, default);
            Assert.Null(cache.Find($"?{number}", AnswerFormat.Json));
            cache.Offer($"?{number}", AnswerFormat.Json, body, default);
        }

        var kept = Enumerable.Range(0, 100).Count(number => cache.Find($"?{number}", AnswerFormat.Json) is not null);
        Assert.InRange(kept, 1, 16);
    }

    [Fact]
    public void A_kept_answer_is_found_by_its_own_query_until_another_takes_its_place()
    {
        const ulong print = 5;
        const ulong samePlace = print + 1024;
        var cache = new AnswerCache(RateBook.Empty);
        Keep("?one", print, [1]);

        Assert.Equal([1], cache.Find("?one", print, AnswerFormat.Json)!.Body.Bytes);
        Assert.Null(cache.Find("?two", samePlace, AnswerFormat.Json));
        Assert.Null(cache.Find("?two", print, AnswerFormat.Json));
        Assert.Null(cache.Find("?one", print, AnswerFormat.Csv));

        Keep("?two", samePlace, [2, 2]);
        Assert.Null(cache.Find("?one", print, AnswerFormat.Json));
        Assert.Equal([2, 2], cache.Find("?two", samePlace, AnswerFormat.Json)!.Body.Bytes);

        void Keep(string query, ulong digest, byte[] body)
        {
            cache.Offer(query, digest, AnswerFormat.Json, body, default);
            cache.Offer(query, digest, AnswerFormat.Json, body, default);
        }
    }

    [Fact]
    public async Task A_preflight_is_answered_for_any_origin()
    {
        await using var api = new ApiFixture();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/convert");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,x-api-key");

        using var response = await api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("POST", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);

        // Browsers do not count Authorization among the headers that the asterisk stands for.
        Assert.Equal("*, Authorization", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    private static async Task<string> TagAsync(ApiFixture api)
    {
        using var response = await api.GetAsync(Usd);
        return response.Headers.ETag!.ToString();
    }
}
