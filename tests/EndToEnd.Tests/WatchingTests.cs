using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Testing;
using Rates.Upstream;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>What a running worker and api show to those who watch them, against the pages and the dashboard.</summary>
public sealed partial class WatchingTests
{
    // A label that only failed calls have.
    private const string OfFailures = "error_type";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_health_and_logs_are_those_of_the_pages_and_of_the_dashboard()
    {
        Need.Redis();
        await using var upstream = UpstreamServer.Start();
        upstream["ecb"].Serve(Document.Of(Ecb()));
        await using var redis = await RedisServer.StartAsync(Token);
        var settings = Settings.At(upstream, "ecb");
        settings["Rates__Redis"] = redis.Address;
        settings["Rates__Telemetry__Listen"] = "http://127.0.0.1:0";
        settings["Rates__Telemetry__JsonLogs"] = "true";
        settings["Rates__Webhooks__Subscriptions__0__Name"] = "shop";
        settings["Rates__Webhooks__Subscriptions__0__Url"] = $"http://127.0.0.1:{RedisServer.FreePort()}/";
        settings["Rates__Webhooks__Subscriptions__0__SecretFile"] = Path.Combine(Repository.Root, "global.json");
        await using var worker = RatesProcess.Start("Worker", settings);
        await using var api = RatesProcess.Start("Api", settings);

        var ofWorker = await ClientAsync(worker, "Metrics and health are at ");
        var ofApi = await ClientAsync(api, "Now listening on: ");
        await HasAllAsync(ofWorker, "Worker", worker);
        await HasAllAsync(ofApi, "Api", api);

        Assert.Equal("ready", await StatusAsync(ofWorker, "/health/ready"));
        Assert.Equal("live", await StatusAsync(ofWorker, "/health/live"));
        Assert.Equal("ready", await StatusAsync(ofApi, "/health/ready"));
        Assert.All(
            $"{worker.Output}\n{api.Output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => Assert.Equal(JsonValueKind.String, JsonDocument.Parse(line).RootElement.GetProperty("Message").ValueKind));

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await DashboardKeysAsync(connection.GetDatabase());
        await redis.KillAsync();
        await Eventually.IsAsync(
            async () => await StatusAsync(ofWorker, "/health/ready") == "unready"
                && await StatusAsync(ofApi, "/health/ready") == "degraded",
            () => worker.Output, Token);
        Assert.Contains("rates_store_up{otel_scope_name=\"Rates.Worker\"} 0", await ofWorker.GetStringAsync("/metrics", Token),
            StringComparison.Ordinal);
        ofWorker.Dispose();
        ofApi.Dispose();
    }

    [Fact]
    public async Task Standalone_shows_the_metrics_of_all()
    {
        var settings = Settings.Nowhere();
        settings["Rates__Channels__typed__Type"] = "grpc";
        settings["Rates__Channels__typed__Address"] = $"http://127.0.0.1:{RedisServer.FreePort()}";
        await using var standalone = RatesProcess.Start("Standalone", settings);
        using var client = await standalone.ClientAsync();

        await HasAllAsync(client, "Channels", standalone);
        await Eventually.IsAsync(
            async () => await client.GetStringAsync("/metrics", Token) is var text
                && text.Contains("rates_claims_total{", StringComparison.Ordinal)
                && text.Contains("rates_book_version{", StringComparison.Ordinal),
            () => standalone.Output, Token);
    }

    private static async Task<HttpClient> ClientAsync(RatesProcess process, string said)
    {
        await process.SaysAsync(said);
        var text = process.Output[process.Output.IndexOf(said, StringComparison.Ordinal)..];
#pragma warning disable RS0030 // A client of the product, as any user has one.
        return new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(Address().Match(text).Value) };
#pragma warning restore RS0030
    }

    private static async Task HasAllAsync(HttpClient client, string program, RatesProcess process)
    {
        var page = MetricPage.Read();
        var missing = "";
        await Eventually.IsAsync(
            async () =>
            {
                var lines = (await client.GetStringAsync("/metrics", Token)).Split('\n');
                var absent = MetricPage.Of(program).Where(name => !Array.Exists(lines, line => IsOf(line, name, page[name])));
                missing = string.Join(", ", absent);
                return missing.Length == 0;
            },
            () => $"{program} has {missing}\n{process.Output}", Token);
    }

    // A histogram has three series under its name.
    private static bool IsOf(string line, string name, string[] labels) =>
        (line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name}_count{{", StringComparison.Ordinal))
        && Array.TrueForAll(labels, label => label == OfFailures || line.Contains($"{label}=\"", StringComparison.Ordinal));

    // A probe gets an answer with either status.
    private static async Task<string?> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("status").GetString();
    }

    private static async Task DashboardKeysAsync(IDatabase database)
    {
        var dashboard = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "grafana", "rates.json"), Token));
        var keys = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Where(target => target.TryGetProperty("keyName", out _))
            .Select(target => target.GetProperty("keyName").GetString()!.Replace("$provider", "ecb", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            Assert.True(await database.KeyExistsAsync(key), key);
        }
    }

    private static string Ecb() => string.Create(CultureInfo.InvariantCulture, $"""
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <Cube><Cube time='{TimeProvider.System.GetUtcNow():yyyy-MM-dd}'>
        <Cube currency='USD' rate='1.1000'/><Cube currency='GBP' rate='0.8650'/><Cube currency='JPY' rate='171.30'/>
        </Cube></Cube></gesmes:Envelope>
        """);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Address();
}
