using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>Webhooks on real processes: two workers and an api on one Redis server.</summary>
public sealed class WebhookTests
{
    private const string Password = "correct horse battery";
    private static readonly DateOnly Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_that_is_set_over_http_gets_each_change_also_when_the_worker_that_posts_is_killed()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var hook = new HookServer();
        var folder = Directory.CreateTempSubdirectory("rates-hooks-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop"), "hush", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "password"), Password, Token);
        Publish(fleet, "1.1000");
        (string, string)[] settings =
        [
            ("Rates__Worker__SecretsFolder", folder.FullName), ("Rates__Providers__ecb__LeastGap", "00:00:01"),
            ("Rates__Worker__AllowPrivateAddresses", "true"),
        ];
        var workers = new Dictionary<string, RatesProcess>
        {
            ["one"] = fleet.Worker("one", ["ecb"], settings),
            ["two"] = fleet.Worker("two", ["ecb"], settings),
        };
        await using var api = RatesProcess.Start("Api", new Dictionary<string, string>
        {
            ["Rates__Redis"] = fleet.Redis.Address,
            ["Rates__Access__AdminPasswordFile"] = Path.Combine(folder.FullName, "password"),
        });
        using var client = await api.ClientAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        await Task.WhenAll(workers.Values.Select(worker => worker.SaysAsync("a missed slot is fetched within")));
        await Eventually.IsAsync(() => PublishedAsync(client), () => api.Output, Token);

        await SendAsync(client, "PUT", "shop", new { address = hook.Address, secret = new { file = "shop" } });
        var test = await SendAsync(client, "POST", "shop/test");
        Assert.Equal((true, 200), (test.GetProperty("taken").GetBoolean(), test.GetProperty("status").GetInt32()));
        Assert.Equal("test", Event(hook, 0));

        // The first look remembers what stands; only what comes after it is told.
        await Eventually.IsAsync(
            async () => (string?)await fleet.Hand.HashGetAsync("{rates}:documents:webhook", "state") is { } state
                && state.Contains("shop", StringComparison.Ordinal),
            () => workers["one"].Output, Token);
        var killed = "";
        hook.Taking = async () =>
        {
            // The worker that posts this dies before it has the answer.
            hook.Taking = () => Task.CompletedTask;
            killed = (string)(await fleet.Hand.HashGetAsync("{rates}:fetch:rates-webhooks", "owner"))!;
            await workers[killed].KillAsync();
        };
        Publish(fleet, "1.1010");
        await SendAsync(client, "POST", "ecb/run", path: "/v1/ops/schedules/");
        await Eventually.IsAsync(() => Task.FromResult(hook.Calls.Count == 3), () => workers["one"].Output, Token);

        Assert.Contains(killed, workers.Keys);
        var calls = hook.Calls.ToArray();
        Assert.Equal(("revised", "revised"), (Event(hook, 1), Event(hook, 2)));
        Assert.Equal(calls[1].Headers["X-Rates-Delivery"], calls[2].Headers["X-Rates-Delivery"]);
        Assert.Equal(calls[1].Body, calls[2].Body);
        await Eventually.IsAsync(
            async () => (await SendAsync(client, "GET", "shop")) is var state && state.GetProperty("pending").GetInt32() == 0
                && state.TryGetProperty("lastDelivery", out _),
            () => api.Output, Token);
        folder.Delete(recursive: true);
    }

    private static string? Event(HookServer hook, int index) =>
        JsonDocument.Parse(hook.Calls.ElementAt(index).Body).RootElement.GetProperty("event").GetString();

    private static async Task<bool> PublishedAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/rates?providers=ecb&quotes=USD", Token);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<JsonElement> SendAsync(
        HttpClient client, string method, string rest, object? body = null, string path = "/v1/ops/webhooks/")
    {
        using var request = new HttpRequestMessage(new(method), path + rest);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static void Publish(Fleet fleet, string dollars) => fleet.Upstream["ecb"].Serve(
        Document.Of(string.Create(CultureInfo.InvariantCulture, $"""
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
            xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time='{Day:yyyy-MM-dd}'>
            <Cube currency='USD' rate='{dollars}'/><Cube currency='GBP' rate='0.8650'/><Cube currency='JPY' rate='171.30'/>
            </Cube></Cube></gesmes:Envelope>
            """)));
}
