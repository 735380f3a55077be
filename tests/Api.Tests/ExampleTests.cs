using System.Text.Json;
using System.Text.Json.Nodes;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The examples in the OpenAPI document are answers of the service.</summary>
public sealed class ExampleTests
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("GetRates", "/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb,boc,google")]
    [InlineData("GetPair", "/v1/rates/EUR/USD?providers=ecb,boc")]
    [InlineData("Convert", "/v1/convert?from=EUR&to=USD&amount=100&providers=ecb,boc")]
    [InlineData("GetHistory", "/v1/history?base=EUR&quotes=USD,GBP&from=2026-08-18&to=2026-08-20&providers=ecb")]
    [InlineData("GetProvider", "/v1/providers/ecb")]
    [InlineData("GetCurrency", "/v1/currencies/USD")]
    public async Task An_example_is_what_the_sample_rates_answer(string operation, string address)
    {
        await using var api = new ApiFixture();
        var answer = await api.TextAsync(address);
        var file = Path.Combine(Repository.Root, "Api", "OpenApi", "Examples", $"{operation}.json");
        if (Environment.GetEnvironmentVariable("RATES_UPDATE") is not null)
        {
            var text = JsonNode.Parse(answer)!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        var document = JsonNode.Parse(await api.TextAsync("/openapi/v1.json"))!;
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Single(one => (string?)one.Value!["operationId"] == operation).Value!;
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(answer), described["responses"]!["200"]!["content"]!["application/json"]!["example"]),
            $"{operation}: RATES_UPDATE=1 writes Api/OpenApi/Examples again\n{answer}");
    }
}
