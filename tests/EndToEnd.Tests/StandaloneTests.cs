using System.Text.Json;

namespace Rates.EndToEnd.Tests;

/// <summary>The quick start, on a machine that reaches no source.</summary>
public sealed class StandaloneTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Standalone_answers_from_its_seed_and_says_that_it_is_old()
    {
        var port = RatesProcess.FreePort();
        var settings = Settings.Nowhere();
        settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        settings["Rates__DataFolder"] = Directory.CreateTempSubdirectory("rates-e2e-").FullName;
        var mark = TimeProvider.System.GetTimestamp();
        await using var standalone = RatesProcess.Start("Standalone", settings);
#pragma warning disable RS0030 // A client of the product, as any user has one.
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
#pragma warning restore RS0030

        JsonElement[] answering = [];
        await Eventually.TrueAsync(async () => (answering = await AnsweringAsync(client)).Length >= 8, Start, () => standalone.Output);
        output.WriteLine($"{answering.Length} providers answer after {TimeProvider.System.GetElapsedTime(mark).TotalSeconds:0.0} s");

        Assert.All(answering, provider => Assert.Contains(provider.GetProperty("status").GetString(), new[] { "stale", "frozen", "closed" }));
        Assert.All(answering, provider => Assert.NotEqual("", provider.GetProperty("asOf").GetString()));
        Assert.Contains($"http://127.0.0.1:{port}", standalone.Output, StringComparison.Ordinal);
        Assert.Contains("<form", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<JsonElement[]> AnsweringAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/v1/rates?base=EUR&quotes=USD,GBP&providers=all", TestContext.Current.CancellationToken);
            var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode
                ? [.. body.GetProperty("providers").EnumerateArray().Where(provider => provider.GetProperty("rates").EnumerateObject().Any())]
                : [];
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return [];
        }
    }
}
