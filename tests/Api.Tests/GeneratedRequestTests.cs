using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Api.Tests;

/// <summary>
/// Requests put together at random from right, odd and hostile parts: whatever they ask, the answer is whole and never a 500.
/// </summary>
public sealed class GeneratedRequestTests
{
    private static readonly string[] Paths =
    [
        "/v1/rates", "/v1/rates/EUR/USD", "/v1/rates/EUR/EUR", "/v1/rates/GBp/XXQ", "/v1/convert",
        "/v1/history", "/v1/policies", "/v1/providers",
        "/v1/providers/ecb", "/v1/providers/%2e%2e", "/v1/currencies", "/v1/currencies/usd", "/v1/currencies/€€€", "/health/live",
        "/health/ready", "/openapi/v1.json",
        "/", "/v1/rates/", "/V1/RATES", "/v1//rates", "/v1/evil/%0d%0aX-Evil:1",
    ];

    private static readonly string[] Names =
        ["base", "quotes", "providers", "select", "date", "format", "numbers", "from", "to", "amount", "round",
            "rounding", "group", "filled", "policy", "knownAt", "revisions", "separator", "decimal", "bom", "Base", "", "%00",
            "quotes[]", "lastEventId"];

    private static readonly string[] Values =
    [
        "EUR", "USD", "eur", "JPY", "GBp", "GBX", "XAU", "XXX", "DEM", "USD,GBP", "USD,USD", "all", "ecb", "ECB,boc", "google",
        "fixer", "nobody", "each", "first", "median",
        "mean", "consensus", "2026-08-20", "2026-08-19", "0001-01-01", "0001-01-05", "9999-12-31", "2026-02-30", "20260820",
        "2099-01-01", "json", "csv", "xml", "ndjson", "number",
        "string", "0", "1", "-1", "12", "13", "1e5", "100", "0.5", "79228162514264337593543950335", "0.0000000000000000000000000001",
        "week", "month", "day", "minor", "semicolon", "comma", "half-even", "up", "true", "false", "consensus", "vat-eu", "us-tax",
        "2026-08-19T10:00:00Z", "", "%ED%A0%80",
        "%FF%FE", "%00", "%0D%0A", "%F0%9F%98%80", "=1+1", "<a&b>", "'\"", "%E2%80%AE", "+", "..", "null", "NaN", "Infinity", "1,5",
        "１", ",", ",,USD", "%", "%zz",
    ];

    private static readonly string[] Accepts =
    [
        "", "*/*", "application/json", "text/csv", "application/xml;q=0.5, */*;q=0.1", "text/html", "image/png",
        "application/json;q=0, */*", ";;;", "a/b;q=2", "*/*;q=0",
    ];

    private static readonly string[] Fields =
    [
        "\"amount\":\"1\"", "\"amount\":1e2", "\"amount\":1e999", "\"amount\":null", "\"amount\":[1]", "\"amount\":\"\\ud800\"",
        "\"from\":\"EUR\"", "\"from\":\"GBp\"",
        "\"from\":\"\\u0000\"", "\"from\":7", "\"to\":\"USD\"", "\"to\":\"\\udfff\"", "\"to\":true", "\"date\":\"2026-08-19\"",
        "\"date\":\"0001-01-05\"", "\"date\":\"9999-12-31\"",
        "\"date\":{}", "\"provider\":\"ecb\"", "\"provider\":\"\\u0001\"", "\"provider\":\"ALL\"", "\"\\ud800\":1", "\"x\":1",
    ];

    [Fact]
    public async Task No_read_is_a_500_and_every_answer_is_whole()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        var random = new Random(20260820);
        for (var number = 0; number < Count; number++)
        {
            var parameters = Enumerable.Range(0, random.Next(5)).Select(_ => $"{Pick(random, Names)}={Pick(random, Values)}");
            var address = $"{Pick(random, Paths)}?{string.Join('&', parameters)}";
            using var request = new HttpRequestMessage(Pick(
                random, [HttpMethod.Get, HttpMethod.Get, HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Delete]), address);
            request.Headers.TryAddWithoutValidation("Accept", Pick(random, Accepts));
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            await CheckAsync(response, $"{request.Method} {address} (number {number})");
        }
    }

    [Fact]
    public async Task No_rows_are_a_500_and_every_answer_is_whole()
    {
        await using var api = new ApiFixture();
        using var client = api.CreateClient();
        var random = new Random(20260821);
        for (var number = 0; number < Count; number++)
        {
            var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Row(random)))}]");
            if (random.Next(4) == 0 && body.Length > 2)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(
                Pick(random, ["application/json", "application/json", "application/json", "text/csv", "text/plain"]));
            using var response = await client.PostAsync(
                $"/v1/convert?format={Pick(random, ["json", "csv", "xml", "ndjson"])}", content, TestContext.Current.CancellationToken);
            await CheckAsync(response, $"{Encoding.UTF8.GetString(body)} (number {number})");
        }
    }

    // More are requested by hand: RATES_REQUESTS=100000.
    private static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("RATES_REQUESTS"), out var count) ? count : 500;

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static string Row(Random random) =>
        $"{{{string.Join(',', Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Pick(random, Fields)))}}}";

    private static async Task CheckAsync(HttpResponseMessage response, string what)
    {
        Assert.True((int)response.StatusCode < 500, $"{what}: {response.StatusCode}");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            switch (response.Content.Headers.ContentType?.MediaType)
            {
                case "application/json" or "application/problem+json":
                    using (JsonDocument.Parse(text))
                    {
                    }

                    break;
                case "application/xml":
                    XDocument.Parse(text);
                    break;
                case "application/x-ndjson":
                    Assert.All(text.TrimEnd().Split('\n'), line => JsonDocument.Parse(line).Dispose());
                    break;
                case "text/csv":
                    Assert.Single(CsvText.Read(text).Select(line => line.Length).Distinct());
                    break;
                case "text/html":
                    Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
                    break;
                default:
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    break;
            }
        }
        catch (Exception broken) when (broken is JsonException or System.Xml.XmlException or FormatException)
        {
            Assert.Fail($"{what}: {broken.Message} in {text}");
        }
    }
}
