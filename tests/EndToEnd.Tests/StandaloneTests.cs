using System.Text.Json;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>The quick start, on a machine that reaches no source.</summary>
public sealed class StandaloneTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Standalone_answers_from_its_seed_and_says_that_it_is_old()
    {
        var mark = TimeProvider.System.GetTimestamp();
        await using var standalone = RatesProcess.Start("Standalone", Settings.Nowhere());
        using var client = await standalone.ClientAsync();

        JsonElement[] answering = [];
        await Eventually.IsAsync(async () => (answering = await AnsweringAsync(client)).Length >= 8, () => standalone.Output,
            TestContext.Current.CancellationToken);
        output.WriteLine($"{answering.Length} providers answer after {TimeProvider.System.GetElapsedTime(mark).TotalSeconds:0.0} s");

        Assert.All(answering, provider => Assert.Equal("shipped with the product, not yet fetched here",
            provider.GetProperty("reason").GetString()));
        Assert.All(answering, provider => Assert.NotEqual("", provider.GetProperty("asOf").GetString()));
        Assert.Contains("the page is at ", standalone.Output, StringComparison.Ordinal);
        Assert.Contains("<form", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<JsonElement[]> AnsweringAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/rates?base=EUR&quotes=USD,GBP&providers=all", TestContext.Current.CancellationToken);
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode
            ? [.. body.GetProperty("providers").EnumerateArray().Where(provider => provider.GetProperty("rates").EnumerateObject().Any())]
            : [];
    }
}
