using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rates.Store;

namespace Rates.Api.Tests;

public sealed class EvidenceTests
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("<html><script>alert(1)</script>1.1412</html>");
    private static readonly DateTimeOffset At = new(2026, 8, 20, 14, 15, 3, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sheet_is_proved_by_the_address_headers_instant_and_original_bytes()
    {
        await using var api = new ApiFixture();
        await WriteAsync(api);

        var answer = await api.JsonAsync("/v1/evidence/ECB/7");
        var part = Assert.Single(answer.GetProperty("answers").EnumerateArray());
        using var client = api.CreateClient();
        using var body = await client.GetAsync(new Uri(part.GetProperty("body").GetString()!, UriKind.Relative), Token);

        Assert.Equal(("ecb", 7), (answer.GetProperty("provider").GetString(), answer.GetProperty("version").GetInt32()));
        Assert.Equal("https://www.example.org/daily.xml", part.GetProperty("address").GetString());
        Assert.Equal("2026-08-20T14:15:03Z", part.GetProperty("receivedAt").GetString());
        Assert.Equal("text/html", part.GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.Equal(Bytes, await body.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("application/octet-stream", body.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", body.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", body.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_version_that_an_answer_prints_names_its_evidence()
    {
        await using var api = new ApiFixture();
        var pair = await api.JsonAsync("/v1/rates/EUR/USD?providers=ecb");
        var printed = pair.GetProperty("providers")[0].GetProperty("version").GetString()!;
        var version = long.Parse(printed[(printed.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        await WriteAsync(api, version);

        var answer = await api.JsonAsync($"/v1/evidence/ecb/{printed}");
        using var client = api.CreateClient();
        var body = await client.GetByteArrayAsync(new Uri($"/v1/evidence/ecb/{printed}/0", UriKind.Relative), Token);

        Assert.NotEqual($"{version}", printed);
        Assert.Equal(version, answer.GetProperty("version").GetInt64());
        Assert.Equal(Bytes, body);
    }

    [Fact]
    public async Task A_sheet_that_was_confirmed_since_has_the_evidence_of_the_fetch_that_brought_its_figures()
    {
        await using var api = new ApiFixture();
        await api.JsonAsync("/v1/rates");
        var sheet = api.Services.GetRequiredService<CurrentBook>().Book.Find("ecb")!.Sheet!;
        await WriteAsync(api, sheet.Version - 5, sheet.FetchedAt.AddSeconds(-1));
        using var client = api.CreateClient();

        using var before = await client.GetAsync(new Uri($"/v1/evidence/ecb/{sheet.Version}", UriKind.Relative), Token);
        await WriteAsync(api, sheet.Version - 2, sheet.FetchedAt);
        api.Time.Advance(TimeSpan.FromMinutes(1));
        var found = await api.JsonAsync($"/v1/evidence/ecb/{sheet.Version}");
        using var older = await client.GetAsync(new Uri($"/v1/evidence/ecb/{sheet.Version - 3}", UriKind.Relative), Token);
        using var newer = await client.GetAsync(new Uri($"/v1/evidence/ecb/{sheet.Version + 1}", UriKind.Relative), Token);

        Assert.Equal(sheet.Version - 2, found.GetProperty("version").GetInt64());
        Assert.All([before, older, newer], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Theory]
    [InlineData("/v1/evidence/ecb/8")]
    [InlineData("/v1/evidence/ecb/EPOCH:7")]
    [InlineData("/v1/evidence/ecb/7:")]
    [InlineData("/v1/evidence/ecb/7:8")]
    [InlineData("/v1/evidence/ecb/1:2:7")]
    [InlineData("/v1/evidence/boc/7")]
    [InlineData("/v1/evidence/ecb/seven")]
    [InlineData("/v1/evidence/..%2F..%2Fetc/7")]
    [InlineData("/v1/evidence/ecb/7/1")]
    [InlineData("/v1/evidence/ecb/7/-1")]
    [InlineData("/v1/evidence/ecb/7/x")]
    public async Task What_is_not_stored_is_not_found(string path)
    {
        await using var api = new ApiFixture();
        await WriteAsync(api);
        using var client = api.CreateClient();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    internal static Task WriteAsync(ApiFixture api, long version = 7, DateTimeOffset? fetchedAt = null)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Bytes));
        var evidence = new SheetEvidence(
            "ecb", "1700000000000-a", version, fetchedAt ?? At, new(2026, 8, 20), new(2026, 8, 20), new(2026, 8, 20),
            [
                new("https://www.example.org/daily.xml", At, new Dictionary<string, string> { ["Content-Type"] = "text/html" }, digest,
                    Bytes.Length),
            ]);
        return api.Services.GetRequiredService<IEvidence>().WriteAsync(
            evidence, new Dictionary<string, ReadOnlyMemory<byte>> { [digest] = Bytes }, Token);
    }
}
