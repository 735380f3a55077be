using System.Net.Http.Headers;
using System.Text;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>Caches learn from every form of an answer that it has others.</summary>
public sealed partial class CompressionTests
{
    // It is sent while it is made.
    private const string LongHistory = "/v1/history?providers=ecb&quotes=GBP,USD&from=1980-01-01&filled=true&format=csv";

    // Some of each kind: were they not compressed here, nothing would be compared.
    private static readonly string[] Compressed =
    [
        "/v1/rates", "/v1/history", LongHistory, "/v1/providers", "/v1/currencies", "/openapi/v1.json", "/", "/page.css",
        "/v1/ops/runs", "/v1/ops/archive", "/ops", "/frankfurter/v1/latest", "/oxr/api/latest.json", "/ecb/eurofxref-daily.xml",
        "/soap/rates", "POST /v1/convert", "POST /soap/rates",
    ];

    [Fact]
    public async Task An_answer_that_may_be_compressed_says_so_in_each_of_its_forms()
    {
        await using var api = new ApiFixture(Large());
        await AccessTests.SignedUpAsync(api, "root", Store.AccessRole.Admin);
        await Eventually.IsAsync(
            () => api.Services.GetRequiredService<AccessDirectory>().Current is not null, TestContext.Current.CancellationToken);
        await FillAsync(api);
        using var client = api.Server.CreateClient();
        HashSet<string> compressed = [];
        foreach (var caller in (AuthenticationHeaderValue?[])[null, AccessTests.Basic("root", "correct horse battery")])
        {
            foreach (var (route, address) in ReadAddresses.Of(api).Append((LongHistory, LongHistory))
                .Append(("/v1/history", "/v1/history?providers=ecb")))
            {
                await CompareAsync(route, (method, accepted, tag) => SendAsync(new(method, address), accepted, tag, caller));
            }

            await CompareAsync("POST /v1/convert", (_, accepted, _) => SendAsync(Rows(), accepted, null, caller));
            await CompareAsync("POST /soap/rates", (_, accepted, _) => SendAsync(Envelope(), accepted, null, caller));
        }

        Assert.Empty(Compressed.Except(compressed));

        async Task CompareAsync(string what, Func<HttpMethod, string?, EntityTagHeaderValue?, Task<HttpResponseMessage>> ask)
        {
            List<HttpResponseMessage> forms = [];
            foreach (var accepted in (string?[])[null, "br", "gzip"])
            {
                forms.Add(await ask(HttpMethod.Get, accepted, null));
                if (!forms[0].IsSuccessStatusCode)
                {
                    break;
                }

                forms.Add(await ask(HttpMethod.Head, accepted, null));
                forms.Add(await ask(HttpMethod.Get, accepted, forms[^1].Headers.ETag));
            }

            if (forms.Exists(form => form.Content.Headers.ContentEncoding.Count > 0))
            {
                compressed.Add(what);
                Assert.All(forms, form => Assert.True(
                    form.Headers.Vary.Contains("Accept-Encoding"), $"{what} as {form.StatusCode}: {string.Join(", ", form.Headers.Vary)}"));
                Assert.All(forms, form => Assert.Equal(form.Headers.Vary.Distinct(), form.Headers.Vary));
            }

            forms.ForEach(form => form.Dispose());
        }

        async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, string? accepted, EntityTagHeaderValue? tag, AuthenticationHeaderValue? caller)
        {
            using (request)
            {
                request.Headers.Authorization = caller;
                if (accepted is not null)
                {
                    request.Headers.AcceptEncoding.ParseAdd(accepted);
                }

                if (tag is not null)
                {
                    request.Headers.IfNoneMatch.Add(tag);
                }

                // Not compared with the document: others do, and thousands of answers take a minute.
                return await client.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            }
        }
    }

    private static HttpRequestMessage Rows() => new(HttpMethod.Post, "/v1/convert")
    {
        Content = new StringContent(
            "amount,from,to\n" + string.Concat(Enumerable.Repeat("1,EUR,USD\n", 100)), Encoding.UTF8, "text/csv"),
    };

    private static HttpRequestMessage Envelope() => new(HttpMethod.Post, "/soap/rates")
    {
        Content = new StringContent(
            $"""
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><GetCurrencies xmlns="{IRatesSoap.Namespace}"/></e:Body>
            </e:Envelope>
            """,
            Encoding.UTF8, "text/xml"),
        Headers = { { "SOAPAction", $"{IRatesSoap.Namespace}IRatesSoap/GetCurrencies" } },
    };
}
