using System.IO.Compression;
using System.Net;
using System.Text;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Bodies that a client sends compressed, which no path reads.</summary>
public sealed class CompressedRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/v1/convert", "application/json", """[{"amount":"1","from":"EUR","to":"USD"}]""")]
    [InlineData("POST", "/mcp", "application/json", """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")]
    [InlineData("POST", "/soap/rates", "text/xml", "<a/>")]
    [InlineData("PUT", "/v1/ops/schedules/ecb", "application/json", "{}")]
    [InlineData("POST", "/v1/ops/archive", "application/x-ndjson", """{"kind":"archive","schema":1}""")]
    public async Task They_are_refused_with_their_coding(string method, string path, string type, string body)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        foreach (var coding in new[] { "gzip", "br", "gzip, br", "x-unknown" })
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = new ByteArrayContent(Packed(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            request.Headers.Authorization = AccessTests.Basic("root", "correct horse battery");

            using var response = await api.CreateClient().SendAsync(request, Token);

            var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
            var named = coding.Replace(" ", "", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
            Assert.Contains($"Content-Encoding: '{named}' is not read; send the body as it is", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_that_says_it_is_as_it_is_is_read()
    {
        await using var api = new ApiFixture();
        using var content = new StringContent("""[{"amount":"1","from":"EUR","to":"USD"}]""", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("identity");

        using var response = await api.CreateClient().PostAsync(new Uri("/v1/convert", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var to = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            to.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
