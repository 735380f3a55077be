using System.Net.Http.Headers;
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
    [InlineData("GetRates.each", "/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb,boc,google")]
    [InlineData("GetRates.median", "/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb,boc&select=median")]
    [InlineData("GetPair", "/v1/rates/EUR/USD?providers=ecb,boc")]
    [InlineData("Convert.median", "/v1/convert?from=EUR&to=USD&amount=100&providers=ecb,boc")]
    [InlineData("Convert.each", "/v1/convert?from=EUR&to=USD&amount=100&providers=ecb,boc&select=each")]
    [InlineData("GetHistory.each", "/v1/history?base=EUR&quotes=USD,GBP&from=2026-08-18&to=2026-08-20&providers=ecb")]
    [InlineData("GetHistory.median", "/v1/history?base=EUR&quotes=USD&from=2026-08-18&to=2026-08-20&providers=ecb,boc&select=median")]
    [InlineData(
        "GetHistory.month", "/v1/history?base=EUR&quotes=USD&from=2026-08-01&to=2026-08-20&providers=ecb&group=month")]
    [InlineData("ConvertRows", null)]
    [InlineData("GetProvider", "/v1/providers/ecb")]
    [InlineData("GetCurrency", "/v1/currencies/USD")]
    public async Task An_example_is_what_the_sample_rates_answer(string example, string? address)
    {
        await using var api = new ApiFixture();
        var document = JsonNode.Parse(await api.TextAsync("/openapi/v1.json"))!;
        var (operation, variant) = example.Split('.') is [var id, var last] ? (id, last) : (example, null);
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Single(one => (string?)one.Value!["operationId"] == operation).Value!;
        var answer = address is not null ? await api.TextAsync(address) : await ConvertAsync(api, described["requestBody"]!["content"]!);
        var file = Path.Combine(Repository.Root, "Api", "OpenApi", "Examples", $"{example}.json");
        if (Environment.GetEnvironmentVariable("RATES_UPDATE") is not null)
        {
            var text = JsonNode.Parse(answer)!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        var json = described["responses"]!["200"]!["content"]!["application/json"]!;
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(answer), variant is null ? json["example"] : json["examples"]?[variant]?["value"]),
            $"{example}: RATES_UPDATE=1 writes Api/OpenApi/Examples again\n{answer}");
    }

    [Fact]
    public async Task Every_parameter_has_an_example_that_it_may_have()
    {
        await using var api = new ApiFixture();
        var document = JsonNode.Parse(await api.TextAsync("/openapi/v1.json"))!;

        var parameters = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .SelectMany(one => one.Value!["parameters"]?.AsArray() ?? []).ToList();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, one => Assert.True(
            (string?)one!["example"] is { Length: > 0 } example
                && one["schema"]!["enum"]?.AsArray().Any(choice => (string?)choice == example) != false,
            one!.ToJsonString()));
    }

    // The same rows as JSON and as CSV have the same answer.
    private static async Task<string> ConvertAsync(ApiFixture api, JsonNode bodies)
    {
        List<string> answers = [];
        foreach (var type in (string[])["application/json", "text/csv"])
        {
            var example = bodies[type]!["example"]!;
            using var body = new StringContent(
                type == "text/csv" ? (string)example! : example.ToJsonString(), new MediaTypeHeaderValue(type));
            using var response = await api.CreateClient().PostAsync(
                new Uri("/v1/convert", UriKind.Relative), body, TestContext.Current.CancellationToken);
            answers.Add(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(answers[0], answers[1]);
        return answers[0];
    }
}
