using System.Text;

namespace Rates.Api.Tests;

/// <summary>What operators and auditors read, compressed.</summary>
public sealed partial class CompressionTests
{
    [Theory]
    [InlineData("/ops", true)]
    [InlineData("/v1/ops/runs", true)]
    [InlineData("/v1/ops/evidence/ecb", true)]
    [InlineData("/v1/ops/archive", true)]
    [InlineData("/v1/evidence/ecb/7", true)]
    [InlineData("/v1/evidence/ecb/7/0", true)]
    [InlineData("/v1/ops/me", false)]
    [InlineData("/v1/evidence/boc/7", false)]
    public async Task What_operators_and_auditors_read_is_compressed_where_it_is_large(string address, bool isLarge)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", Store.AccessRole.Ops);
        await FillAsync(api);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var plain = await SendAsync(method, "identity");
            foreach (var (accepted, coding) in new[] { ("gzip, br", "br"), ("gzip", "gzip") })
            {
                using var packed = await SendAsync(method, accepted);

                Assert.Equal(plain.StatusCode, packed.StatusCode);
                Assert.True(packed.Headers.CacheControl?.NoStore);
                Assert.Contains("Accept-Encoding", packed.Headers.Vary);
                Assert.Equal(isLarge ? [coding] : [], packed.Content.Headers.ContentEncoding);
                if (isLarge && method == HttpMethod.Get)
                {
                    Assert.Equal(
                        await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                        await CompressedText.UnpackAsync(packed, coding));
                }
            }

            Assert.Empty(plain.Content.Headers.ContentEncoding);
        }

        Task<HttpResponseMessage> SendAsync(HttpMethod method, string accepted)
        {
            var request = new HttpRequestMessage(method, address) { Headers = { { "Accept-Encoding", accepted } } };
            request.Headers.Authorization = AccessTests.Basic("root", "correct horse battery");
            return api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    // Fetches, and a sheet that was read from many long answers.
    private static async Task FillAsync(ApiFixture api)
    {
        var token = TestContext.Current.CancellationToken;
        var (runs, bytes) = (api.Services.GetRequiredService<Store.IRuns>(), Encoding.UTF8.GetBytes(new string('x', 5_000)));
        for (var run = 0; run < 40; run++)
        {
            await runs.RecordRunAsync(
                new(Sample.Now, "ecb", Sample.Now, "worker-1", "published", "", TimeSpan.FromSeconds(1), 1, 2048, 12), token);
        }

        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        var part = new Store.EvidenceBody(
            "https://www.example.org/daily.xml", Sample.Now, new Dictionary<string, string>(), digest, bytes.Length);
        await api.Services.GetRequiredService<Store.IEvidence>().WriteAsync(
            new("ecb", "1700000000000-a", 7, Sample.Now, Sample.Today, Sample.Today, Sample.Today, [.. Enumerable.Repeat(part, 30)]),
            new Dictionary<string, ReadOnlyMemory<byte>> { [digest] = bytes }, token);
    }
}
