using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>Endpoints and declared providers, on real processes.</summary>
public sealed class SourceTests(ITestOutputHelper output)
{
    private const string Password = "correct horse battery";
    private const int Edits = 20;
    private static readonly DateOnly Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_and_declarations_are_in_force_on_three_workers_within_a_second_and_after_a_restart()
    {
        Need.Redis();
        await using var upstream = UpstreamServer.Start();
        upstream["acme"].Serve(
            Document.Of($$"""{"day":"{{Day:yyyy-MM-dd}}","rates":[{"code":"USD","mid":"1.1412"}]}""", "application/json"));
        await using var redis = await RedisServer.StartAsync(Token);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Password, Token);
        var settings = Settings.At(upstream, "ecb");
        settings["Rates__Redis"] = redis.Address;
        settings["Rates__Access__AdminPasswordFile"] = file;
        settings["Rates__Worker__AllowedHosts"] = "127.0.0.1";
        RatesProcess[] workers = [.. Enumerable.Range(0, 3).Select(_ => RatesProcess.Start("Worker", settings))];
        await using var api = RatesProcess.Start("Api", settings);
        using var client = await api.ClientAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        await Task.WhenAll(workers.Select(worker => worker.SaysAsync("a missed slot is fetched within")));
        await Eventually.IsAsync(
            async () => (await client.GetAsync("/v1/ops/endpoints/ecb", Token)).StatusCode == HttpStatusCode.OK, () => api.Output, Token);

        List<TimeSpan> delays = [];
        for (var edit = 0; edit < Edits; edit++)
        {
            var address = $"{upstream.AddressOf("ecb").AbsoluteUri}edit{edit}/";
            delays.Add(await PutAsync("/v1/ops/endpoints/ecb", new { address }, $"in force from now on: address {address}"));
        }

        delays.Add(await PutAsync("/v1/ops/declared/acme", Block(), "acme: declared by admin"));
        delays.Sort();
        output.WriteLine(
            $"{delays.Count} edits on three workers: half within {delays[delays.Count / 2].TotalMilliseconds:0} ms, "
            + $"all within {delays[^1].TotalMilliseconds:0} ms");
        await Eventually.IsAsync(
            async () =>
            {
                // Before the very first sheet the answer is a 503.
                using var answer = await client.GetAsync("/v1/rates?providers=acme&base=EUR&quotes=USD", Token);
                return (await answer.Content.ReadAsStringAsync(Token)).Contains("1.1412", StringComparison.Ordinal);
            },
            () => workers[0].Output, Token);
        Assert.Single(upstream.CallsOf("acme"));
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        await using var after = RatesProcess.Start("Worker", settings);
        await after.SaysAsync($"edit{Edits - 1}/");
        await after.SaysAsync("acme: declared by admin");
        File.Delete(file);

        async Task<TimeSpan> PutAsync(string path, object body, string said)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var response = await client.SendAsync(request, Token);
            var mark = TimeProvider.System.GetTimestamp();
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Token));
            await Task.WhenAll(workers.Select(worker => worker.SaysAsync(said)));
            return TimeProvider.System.GetElapsedTime(mark);
        }

        object Block() => new
        {
            name = "Acme Bank",
            pivot = "EUR",
            address = upstream.AddressOf("acme").AbsoluteUri,
            schedule = "0 0 0 * * ?",
            read = new
            {
                format = "json",
                requests = new[] { "rates.json" },
                rows = "$.rates[*]",
                currency = "@.code",
                rate = "@.mid",
                direction = "quote",
                date = "$.day",
            },
        };
    }
}
