using System.Net;
using System.Text;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed partial class CompressionTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.5, identity;q=0.4", "br")]
    public async Task A_page_is_sent_in_the_coding_that_the_client_likes_best(string accepted, string coding)
    {
        await using var api = new ApiFixture();
        var plain = await api.TextAsync("/");

        using var response = await api.GetAsync("/", ("Accept-Encoding", accepted));

        Assert.Equal(coding, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.EndsWith($"-{coding}\"", response.Headers.ETag!.Tag, StringComparison.Ordinal);
        Assert.Equal(plain, await CompressedText.UnpackAsync(response, coding));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("deflate")]
    [InlineData("gzip;q=0")]
    [InlineData(";;")]
    [InlineData("br;q=0.5, gzip;q=0.5, identity")]
    public async Task Without_a_known_coding_it_is_sent_plain(string accepted)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/", ("Accept-Encoding", accepted));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task The_document_is_compressed_and_a_copy_is_known_by_its_own_tag()
    {
        await using var api = new ApiFixture();
        using var first = await api.GetAsync("/openapi/v1.json", ("Accept-Encoding", "gzip"));

        using var again = await api.GetAsync("/openapi/v1.json", ("Accept-Encoding", "gzip"), ("If-None-Match", first.Headers.ETag!.Tag));
        using var plain = await api.GetAsync("/openapi/v1.json", ("If-None-Match", first.Headers.ETag.Tag));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await CompressedText.UnpackAsync(first, "gzip"));
    }

    [Fact]
    public async Task A_large_answer_that_is_asked_again_is_compressed_and_a_small_one_never()
    {
        await using var api = new ApiFixture(Large());
        const string All = "/v1/rates?providers=all";
        var plain = await api.TextAsync(All);
        await Eventually.IsAsync(async () =>
        {
            using var response = await api.GetAsync(All, ("Accept-Encoding", "br"));
            return response.Content.Headers.ContentEncoding.Count == 1;
        }, () => "a compressed copy", TestContext.Current.CancellationToken);

        using var packed = await api.GetAsync(All, ("Accept-Encoding", "br"));

        Assert.True(plain.Length > 2048);
        Assert.Equal(plain, await CompressedText.UnpackAsync(packed, "br"));
        for (var round = 0; round < 4; round++)
        {
            using var small = await api.GetAsync("/v1/rates?quotes=USD&providers=ecb", ("Accept-Encoding", "br"));
            Assert.Empty(small.Content.Headers.ContentEncoding);
        }
    }

    [Theory]
    [InlineData("/v1/rates?date=2026-08-20&providers=ecb")]
    [InlineData("/v1/rates?date=2026-08-20&providers=ecb&format=xml")]
    [InlineData("/v1/rates?base=USD&policy=vat-eu&format=ndjson")]
    [InlineData("/v1/history?providers=ecb")]
    [InlineData("/v1/history?providers=ecb&format=xml")]
    [InlineData("/v1/providers")]
    [InlineData("/v1/providers/ecb")]
    [InlineData("/v1/currencies?format=csv&separator=semicolon")]
    [InlineData("/frankfurter/v1/latest")]
    [InlineData("/frankfurter/v2/rates.csv")]
    [InlineData("/oxr/api/latest.json")]
    [InlineData("/oxr/api/currencies.json?callback=show.names")]
    [InlineData("/fixer/api/latest")]
    [InlineData("/exchangeratesapi/latest")]
    [InlineData("/exchangerate-host/latest")]
    [InlineData("/currencyapi/v3/latest")]
    [InlineData("/ecb/eurofxref-daily.xml")]
    public async Task A_large_answer_is_compressed_the_first_time(string address)
    {
        await using var api = new ApiFixture(Large());

        foreach (var (accepted, coding) in new[] { ("gzip, br", "br"), ("gzip", "gzip") })
        {
            using var packed = await api.GetAsync(address, ("Accept-Encoding", accepted));
            using var again = await api.GetAsync(
                address, ("Accept-Encoding", accepted), ("If-None-Match", packed.Headers.ETag!.Tag));
            using var plain = await api.GetAsync(address, ("If-None-Match", packed.Headers.ETag.Tag));

            Assert.Equal(coding, Assert.Single(packed.Content.Headers.ContentEncoding));
            Assert.EndsWith($"-{coding}\"", packed.Headers.ETag.Tag, StringComparison.Ordinal);
            Assert.Contains("Accept-Encoding", packed.Headers.Vary);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(packed.Headers.ETag, again.Headers.ETag);
            Assert.Empty(again.Content.Headers.ContentEncoding);
            Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            var text = await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(packed.Content.Headers.ContentLength < text.Length, $"{packed.Content.Headers.ContentLength} of {text.Length}");
            Assert.Equal(text, await CompressedText.UnpackAsync(packed, coding));
        }
    }

    [Theory]
    [InlineData("/v1/rates?date=2026-08-20&providers=ecb")]
    [InlineData("/v1/history?providers=ecb&quotes=GBP,USD&from=1980-01-01&filled=true&format=csv")]
    [InlineData("/frankfurter/v1/latest")]
    public async Task HEAD_tells_what_GET_sends(string address)
    {
        await using var api = new ApiFixture(Large());
        using var got = await api.GetAsync(address, ("Accept-Encoding", "br"));
        using var request = new HttpRequestMessage(HttpMethod.Head, address) { Headers = { { "Accept-Encoding", "br" } } };

        using var head = await api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(got.Headers.ETag, head.Headers.ETag);
        Assert.Equal("br", Assert.Single(head.Content.Headers.ContentEncoding));
        Assert.Equal(
            got.Content.Headers.NonValidated.GetValueOrDefault("Content-Length"),
            head.Content.Headers.NonValidated.GetValueOrDefault("Content-Length"));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Converted_rows_are_compressed_and_never_304()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        var rows = $"[{string.Join(',', Enumerable.Repeat("""{"amount":"100","from":"EUR","to":"USD"}""", 100))}]";

        using var plain = await PostAsync("identity");
        using var packed = await PostAsync("gzip");

        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Equal(
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await CompressedText.UnpackAsync(packed, "gzip"));
        using var again = await PostAsync("gzip", packed.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        async Task<HttpResponseMessage> PostAsync(string accepted, string? tag = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/convert")
            {
                Content = new StringContent(rows, Encoding.UTF8, "application/json"),
                Headers = { { "Accept-Encoding", accepted } },
            };
            if (tag is not null)
            {
                request.Headers.Add("If-None-Match", tag);
            }

            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task SOAP_is_compressed()
    {
        await using var api = new ApiFixture(Large());
        using var client = api.CreateClient();

        using var plain = await CallAsync("identity");
        using var packed = await CallAsync("gzip, deflate");

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.Equal(
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await CompressedText.UnpackAsync(packed, "gzip"));

        async Task<HttpResponseMessage> CallAsync(string accepted)
        {
            using var request = Envelope();
            request.Headers.Add("Accept-Encoding", accepted);
            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("/v1/providers")]
    [InlineData("/v1/currencies")]
    public async Task A_list_is_compressed_and_changes_with_the_book(string address)
    {
        await using var api = new ApiFixture(Large());
        var before = await api.TextAsync(address);
        await Eventually.IsAsync(async () =>
        {
            using var response = await api.GetAsync(address, ("Accept-Encoding", "gzip"));
            return response.Content.Headers.ContentEncoding.Count == 1;
        }, () => "a compressed list", TestContext.Current.CancellationToken);
        using var packed = await api.GetAsync(address, ("Accept-Encoding", "gzip"));
        Assert.Equal(before, await CompressedText.UnpackAsync(packed, "gzip"));

        api.Store.Publish(Sample.BocSheet with
        {
            FetchedAt = Sample.Now,
            Observations = Sample.Figures(Sample.BocSheet.AsOf, "ZAR/CAD 0.0800")
        });
        await api.RefreshAsync();

        Assert.NotEqual(before, await api.TextAsync(address));
        Assert.StartsWith(address == "/v1/providers" ? "key,name" : "code,numeric", await api.TextAsync(address + "?format=csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_become_smaller_is_sent_as_it_is()
    {
        var archive = new byte[8 * 1024];
        new Random(1).NextBytes(archive);
        var body = new EncodedBody(archive, "\"a\"");

        body.Compress();

        Assert.False(body.TakesCompressing("gzip, br"));
        Assert.True(body.For("gzip, br").Coding.Count == 0);
        Assert.Same(archive, body.For("gzip, br").Bytes);
    }

    private static InMemoryRates Large()
    {
        var store = Sample.Store();
        string[] figures = [.. Core.CurrencyRegistry.All.Where(record => record.Code.Code != "EUR")
            .Select((record, number) => $"EUR/{record.Code} 1.{number:0000}")];
        store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now, Observations = Sample.Figures(Sample.Today, figures) });
        return store;
    }
}
