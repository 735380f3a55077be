using System.Globalization;
using Rates.Testing;
using Rates.Upstream;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>A Redis server, a source and what tests of several workers look at.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<RatesProcess> _processes = [];

    private Fleet(RedisServer redis, ConnectionMultiplexer connection) => (Redis, Connection) = (redis, connection);

    public RedisServer Redis { get; }

    public ConnectionMultiplexer Connection { get; }

    public IDatabase Hand => Connection.GetDatabase();

    public UpstreamServer Upstream { get; } = UpstreamServer.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Fleet> StartAsync()
    {
        Need.Redis();
        var redis = await RedisServer.StartAsync(Token);
        return new(redis, await ConnectionMultiplexer.ConnectAsync(
            $"{redis.Address},abortConnect=false,connectTimeout=60000,asyncTimeout=60000"));
    }

    /// <summary>Starts a worker that fetches these providers.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="providers">What it fetches.</param>
    /// <param name="settings">Further settings.</param>
    public RatesProcess Worker(string id, string[] providers, params (string Name, string Value)[] settings)
    {
        var all = Settings.At(Upstream, providers);
        all["Rates__Redis"] = Redis.Address;
        all["Rates__Worker__WorkerId"] = id;
        all["Rates__Worker__Spread"] = "00:00:00";
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var process = RatesProcess.Start("Worker", all);
        _processes.Add(process);
        return process;
    }

    /// <summary>A field of a provider's fetch record as a number; 0 for none.</summary>
    public async Task<long> FetchAsync(string field, string provider = "ecb") =>
        long.TryParse((string?)await Hand.HashGetAsync($"{{rates}}:fetch:{provider}", field), out var number) ? number : 0;

    /// <summary>The server's clock.</summary>
    public async Task<DateTimeOffset> NowAsync()
    {
        var time = (RedisResult[])(await Hand.ExecuteAsync("TIME"))!;
        return DateTimeOffset.FromUnixTimeMilliseconds(((long)time[0] * 1000) + ((long)time[1] / 1000));
    }

    /// <summary>Every recorded fetch.</summary>
    public async Task<IReadOnlyList<Run>> RunsAsync() =>
        [.. (await Hand.StreamRangeAsync("{rates}:runs")).Select(entry => new Run(
            entry["provider"]!, DateTimeOffset.Parse(entry["slot"]!, CultureInfo.InvariantCulture), entry["worker"]!, entry["outcome"]!,
            (int)entry["requests"]))];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Connection.DisposeAsync();
        await Redis.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

/// <summary>A recorded fetch.</summary>
internal sealed record Run(string Provider, DateTimeOffset Slot, string Worker, string Outcome, int Requests);
