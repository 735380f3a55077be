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
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_workers_fetch_each_slot_once_and_readers_never_notice_a_dead_Redis()
    {
        Need.Redis();
        await using var upstream = UpstreamServer.Start();
        Publish(upstream, 1.1000m);
        await using var redis = await RedisServer.StartAsync(Token);
        var settings = Settings.At(upstream, "ecb");
        settings["Rates__Redis"] = redis.Address;
        settings["Rates__Providers__ecb__Schedule"] = "0/2 * * * * ?";
        settings["Rates__Providers__ecb__DailyQuota"] = "100000";
        settings["Rates__Api__PollInterval"] = $"{Poll}";
        await using var first = RatesProcess.Start("Worker", settings);
        await using var second = RatesProcess.Start("Worker", settings);
        await using var third = RatesProcess.Start("Worker", settings);
        await using var api = RatesProcess.Start("Api", settings);
        using var client = await api.ClientAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            $"{redis.Address},abortConnect=false,connectTimeout=60000,asyncTimeout=60000");
        var database = connection.GetDatabase();
        await EditScheduleAsync(database);

        await ArrivesAsync(client, 1.1000m, Told);
        await VisibleAtOnceAsync(upstream, database, client, Told);
        await OneCallPerSlotAsync(upstream, database);
        await DocumentedKeysAsync(connection);
        await ReadThroughAsync(redis, upstream, client, Told);

        string Told() => $"{first.Output}\n{second.Output}\n{third.Output}\n{api.Output}";
    }

    // The shipped schedule may not ask a source more than once a minute; an operator may say otherwise for their own gateway.
    private static async Task EditScheduleAsync(IDatabase database)
    {
        var prefix = $"{{{new StoreOptions().Prefix}}}";
        await Eventually.IsAsync(async () => await database.HashExistsAsync($"{prefix}:schedule", "ecb"), () => "a worker's schedules",
            Token);
        var stored = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            (string)(await database.HashGetAsync($"{prefix}:schedule", "ecb"))!)!;
        var edited = stored.ToDictionary(entry => entry.Key, entry => (object)entry.Value);
        edited["minimumGap"] = "00:00:01";
        edited["by"] = "operator";
        await database.HashSetAsync($"{prefix}:schedule", "ecb", JsonSerializer.Serialize(edited));
        await database.StringIncrementAsync($"{prefix}:schedule:revision");
        await database.PublishAsync(RedisChannel.Literal($"{prefix}:schedule:changed"), "ecb");
    }

    private static Task ArrivesAsync(HttpClient client, decimal rate, Func<string> told) =>
        Eventually.IsAsync(async () => await RateAsync(client) == rate, () => $"{rate}\n{told()}", Token);

    private async Task VisibleAtOnceAsync(UpstreamServer upstream, IDatabase database, HttpClient client, Func<string> told)
    {
        const int Changes = 5;
        var mark = TimeProvider.System.GetTimestamp();
        List<string> delays = [];
        for (var change = 1; change <= Changes; change++)
        {
            var rate = 1.1000m + (change * 0.0010m);
            Publish(upstream, rate);
            await ArrivesAsync(client, rate, told);
            var seen = TimeProvider.System.GetUtcNow();
            var index = ((string)(await database.HashGetAsync("{rates}:index", "ecb"))!).Split('|');
            var stored = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(index[1], CultureInfo.InvariantCulture));
            delays.Add($"{(seen - stored).TotalMilliseconds:0} ms");
        }

        output.WriteLine($"publish to answer: {string.Join(", ", delays)}");

        // Polling alone shows one change a poll, jitter taken off; nothing here depends on how fast the machine is otherwise.
        Assert.InRange(TimeProvider.System.GetElapsedTime(mark), TimeSpan.Zero, (Changes - 1) * 0.9 * Poll);
    }

    private static async Task OneCallPerSlotAsync(UpstreamServer upstream, IDatabase database)
    {
        List<Run> runs = [];
        await Eventually.IsAsync(
            async () => (runs = await RunsAsync(database)).Count >= 8 && runs.Select(run => run.Worker).Distinct().Count() > 1,
            () => $"eight runs by more workers than one; there are {string.Join(", ", runs)}",
            Token);

        // Between two slots every call has its run: a call that nobody recorded, or a second one for a slot, never comes even.
        await Eventually.IsAsync(
            async () => upstream.CallsOf("ecb").Count == (runs = await RunsAsync(database)).Sum(run => run.Requests),
            () => $"as many calls as recorded; there are {upstream.CallsOf("ecb").Count} for {string.Join(", ", runs)}",
            Token);
        var fetched = runs.Where(run => run.Requests > 0).ToList();
        Assert.Equal(fetched.Count, fetched.Select(run => run.Slot).Distinct().Count());
        Assert.All(fetched, run => Assert.Equal(1, run.Requests));
    }

    private static async Task<List<Run>> RunsAsync(IDatabase database) =>
        [.. (await database.StreamRangeAsync("{rates}:runs"))
            .Select(entry => new Run(entry["slot"]!, entry["worker"]!, (int)entry["requests"]))];

    private static async Task DocumentedKeysAsync(ConnectionMultiplexer connection)
    {
        var database = connection.GetDatabase();
        await RedisPage.IsTrueOfAsync(connection.GetServers()[0], database, Token);
        Assert.Equal("1.1050", await database.HashGetAsync("{rates}:latest:ecb", "EUR/USD"));
        Assert.Equal(100000, await database.HashGetAsync("{rates}:quota:ecb", "limit"));
        Assert.False((await database.KeyTimeToLiveAsync("{rates}:sheet:ecb")).HasValue);
    }

    private static async Task ReadThroughAsync(RedisServer redis, UpstreamServer upstream, HttpClient client, Func<string> told)
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
        var before = answers.Count;
        await Task.Delay(Outage, TimeProvider.System, Token);
        await Eventually.IsAsync(() => Task.FromResult(answers.Count > before + 100),
            () => $"a hundred answers without Redis; there are {answers.Count - before}\n{told()}", Token);
        await redis.StartAgainAsync(Token);
        Publish(upstream, 1.1060m);
        await ArrivesAsync(client, 1.1060m, told);
        await stop.CancelAsync();
        await reading;

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static void Publish(UpstreamServer upstream, decimal rate) => upstream["ecb"].Serve(EcbDocument.Of(rate));

    private static async Task<decimal?> RateAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/v1/rates?base=EUR&quotes=USD&providers=ecb", Token);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        return body.GetProperty("providers")[0].GetProperty("rates").TryGetProperty("USD", out var rate) ? rate.GetDecimal() : null;
    }

    private sealed record Run(string Slot, string Worker, int Requests);
}
