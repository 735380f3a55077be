using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>Three workers, one Redis, one api and a source, each a process or server of its own.</summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WithHints = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WithoutHints = TimeSpan.FromSeconds(1.1);

    [Fact]
    public async Task Three_workers_fetch_each_slot_once_and_readers_never_notice_a_dead_Redis()
    {
        Need.Redis();
        await using var upstream = UpstreamServer.Start();
        Publish(upstream, 1.1000m);
        await using var redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        var settings = Settings.At(upstream, "ecb");
        settings["Rates__Redis"] = redis.Address;
        settings["Rates__Providers__ecb__Schedule"] = "0/2 * * * * ?";
        var port = RatesProcess.FreePort();
        await using var first = RatesProcess.Start("Worker", settings);
        await using var second = RatesProcess.Start("Worker", settings);
        await using var third = RatesProcess.Start("Worker", settings);
        await using var api = RatesProcess.Start("Api", settings, "--urls", $"http://127.0.0.1:{port}", "--Rates:DataFolder", Directory.CreateTempSubdirectory("rates-e2e-").FullName);
        using var client = Client(port);
        await EditScheduleAsync(redis.Address);

        await Eventually.TrueAsync(async () => await RateAsync(client) == 1.1000m, Soon, () => $"{first.Output}\n{api.Output}");
        await VisibleAtOnceAsync(upstream, redis, client, () => $"{first.Output}\n{second.Output}\n{third.Output}\n{api.Output}");
        await OneCallPerSlotAsync(upstream, redis);
        await DocumentedKeysAsync(redis);
        await ReadThroughAsync(redis, upstream, client);
    }

    // The shipped schedule may not ask a source more than once a minute; an operator may say otherwise for their own gateway.
    private static async Task EditScheduleAsync(string address)
    {
        var store = new StoreOptions { Redis = address };
        await using var connection = await ConnectionMultiplexer.ConnectAsync(address);
        var database = connection.GetDatabase();
        await Eventually.TrueAsync(async () => await database.HashExistsAsync($"{{{store.Prefix}}}:schedule", "ecb"), Soon, () => "no worker stored its schedules");
        var stored = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>((string)(await database.HashGetAsync($"{{{store.Prefix}}}:schedule", "ecb"))!)!;
        var edited = stored.ToDictionary(entry => entry.Key, entry => (object)entry.Value);
        edited["minimumGap"] = "00:00:01";
        edited["by"] = "operator";
        await database.HashSetAsync($"{{{store.Prefix}}}:schedule", "ecb", JsonSerializer.Serialize(edited));
        await database.StringIncrementAsync($"{{{store.Prefix}}}:schedule:revision");
        await connection.GetSubscriber().PublishAsync(RedisChannel.Literal($"{{{store.Prefix}}}:schedule:changed"), "ecb");
    }

    private async Task VisibleAtOnceAsync(UpstreamServer upstream, RedisServer redis, HttpClient client, Func<string> told)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        List<TimeSpan> delays = [];
        for (var change = 1; change <= 5; change++)
        {
            var rate = 1.1000m + (change * 0.0010m);
            Publish(upstream, rate);
            await Eventually.TrueAsync(async () => await RateAsync(client) == rate, Soon, () => $"{rate} did not arrive\n{told()}");
            var seen = TimeProvider.System.GetUtcNow();
            var index = ((string)(await connection.GetDatabase().HashGetAsync("{rates}:index", "ecb"))!).Split('|');
            delays.Add(seen - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(index[1], CultureInfo.InvariantCulture)));
        }

        output.WriteLine($"publish to answer: {string.Join(", ", delays.Select(delay => $"{delay.TotalMilliseconds:0} ms"))}");
        Assert.All(delays, delay => Assert.True(delay < WithoutHints, $"{delay.TotalMilliseconds:0} ms from publish to answer"));
        Assert.True(delays.Min() < WithHints, $"hints do not hasten: {delays.Min().TotalMilliseconds:0} ms at best");
    }

    private static async Task OneCallPerSlotAsync(UpstreamServer upstream, RedisServer redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await Eventually.TrueAsync(async () => (await RunsAsync(connection)).Count >= 8, Soon, () => "the workers stopped fetching");

        // A run is recorded after its call: a call still under way has no run yet.
        var calls = upstream.CallsOf("ecb").Count;
        var runs = await RunsAsync(connection);

        Assert.InRange(calls, runs.Count - 1, runs.Count + 1);
        Assert.Equal(runs.Count, runs.Select(run => run.Slot).Distinct().Count());
        Assert.True(runs.Select(run => run.Worker).Distinct().Count() > 1, "one worker did all the work");
    }

    private static async Task<List<(string Slot, string Worker)>> RunsAsync(ConnectionMultiplexer connection)
    {
        var entries = await connection.GetDatabase().StreamRangeAsync("{rates}:runs");
        return [.. entries.Select(entry => Run(entry.Values.ToDictionary(pair => pair.Name.ToString(), pair => pair.Value.ToString())))];
    }

    private static (string, string) Run(Dictionary<string, string> fields)
    {
        if (fields.TryGetValue("slot", out var slot))
        {
            return (slot, fields["worker"]);
        }

        var run = JsonSerializer.Deserialize<JsonElement>(fields.Values.Single());
        return (run.GetProperty("slot").ToString(), run.GetProperty("worker").ToString());
    }

    private static async Task DocumentedKeysAsync(RedisServer redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var database = connection.GetDatabase();
        Dictionary<string, RedisType> documented = new(StringComparer.Ordinal)
        {
            ["{rates}:sheet:ecb"] = RedisType.String,
            ["{rates}:latest:ecb"] = RedisType.Hash,
            ["{rates}:index"] = RedisType.Hash,
            ["{rates}:providers"] = RedisType.Hash,
            ["{rates}:schedule"] = RedisType.Hash,
            ["{rates}:schedule:revision"] = RedisType.String,
            ["{rates}:fetch:ecb"] = RedisType.Hash,
            ["{rates}:runs"] = RedisType.Stream,
            ["{rates}:workers"] = RedisType.SortedSet,
        };
        foreach (var (key, type) in documented)
        {
            Assert.Equal((key, type), (key, await database.KeyTypeAsync(key)));
        }

        Assert.Equal("1.1050", await database.HashGetAsync("{rates}:latest:ecb", "EUR/USD"));
        Assert.False((await database.KeyTimeToLiveAsync("{rates}:sheet:ecb")).HasValue);
    }

    private static async Task ReadThroughAsync(RedisServer redis, UpstreamServer upstream, HttpClient client)
    {
        using var stop = new CancellationTokenSource();
        ConcurrentBag<HttpStatusCode> answers = [];
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await client.GetAsync("/v1/rates?base=EUR&quotes=USD&providers=ecb", CancellationToken.None);
                answers.Add(answer.StatusCode);
            }
        });
        await redis.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await redis.StartAgainAsync(TestContext.Current.CancellationToken);
        Publish(upstream, 1.1060m);
        await Eventually.TrueAsync(async () => await RateAsync(client) == 1.1060m, Soon, () => "nothing new arrived after Redis came back");
        await stop.CancelAsync();
        await reading;

        Assert.InRange(answers.Count, 100, int.MaxValue);
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static void Publish(UpstreamServer upstream, decimal rate) => upstream["ecb"].Serve(Document.Of($"""
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time='{TimeProvider.System.GetUtcNow():yyyy-MM-dd}'>
        <Cube currency='USD' rate='{rate.ToString(CultureInfo.InvariantCulture)}'/><Cube currency='GBP' rate='0.8650'/><Cube currency='JPY' rate='171.30'/></Cube></Cube></gesmes:Envelope>
        """));

    private static HttpClient Client(int port)
    {
#pragma warning disable RS0030 // A client of the product, as any user has one.
        return new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
#pragma warning restore RS0030
    }

    private static async Task<decimal?> RateAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/v1/rates?base=EUR&quotes=USD&providers=ecb", TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            return body.GetProperty("providers")[0].GetProperty("rates").TryGetProperty("USD", out var rate) ? rate.GetDecimal() : null;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }
}
