using System.Diagnostics.Metrics;
using System.Text.Json;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Channels.Tests;

/// <summary>Changes in a Redis stream, against a real redis-server.</summary>
public sealed class RedisStreamTests
{
    private const string Stream = "rates:changes";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sheet_is_added_once_by_however_many_processes_and_none_is_lost_while_the_server_is_away()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync(Token);
        await using var one = await StartAsync(server);
        await using var other = await StartAsync(server);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},abortConnect=false");

        // The sheets that were there before either of them started.
        await Eventually.IsAsync(async () => (await EntriesAsync(redis)).Count == 3, () => "three sheets", Token);
        Assert.Equal(["boc", "ecb", "erapi"], (await EntriesAsync(redis)).Select(entry => (string)entry["provider"]!).Order());

        var published = await one.PublishAsync("1.2222");
        await other.PublishAsync("1.2222");
        await Eventually.IsAsync(
            async () => (await EntriesAsync(redis)).Any(entry => entry["version"] == published.Version), () => "the sheet", Token);

        await server.KillAsync();
        await Eventually.IsAsync(() => !one.Channel.IsOpen && !other.Channel.IsOpen, Token);
        var missed = await one.PublishAsync("1.3333");
        await server.StartAgainAsync(Token);
        await Eventually.IsAsync(() => one.Channel.IsOpen && other.Channel.IsOpen, Token);
        await Eventually.IsAsync(
            async () => (await EntriesAsync(redis)).Any(entry => entry["version"] == missed.Version), () => "the missed sheet", Token);

        var entries = await EntriesAsync(redis);
        Assert.Equal(entries.Count, entries.Select(entry => (entry["provider"], entry["version"])).Distinct().Count());
        var last = entries[^1];
        var data = JsonDocument.Parse((string)last["data"]!).RootElement;
        Assert.Equal(("ecb", missed.Version), ((string?)last["provider"], (string?)last["version"]));
        Assert.Equal(
            ("ecb", missed.Version), (data.GetProperty("provider").GetString(), data.GetProperty("version").GetString()));
        Assert.Contains((string)last["event"]!, new[] { "published", "revised" });
        var measured = Measured.Read(one.Services.GetRequiredService<IMeterFactory>(), "rates.channel");
        Assert.Equal((1, 1), (measured["rates.channel.reconnects r"], measured["rates.channel.open r"]));
        Assert.True(measured["rates.channel.failures r"] >= 1);
        Assert.True(measured["rates.channel.changes r"] >= 3);
    }

    private static Task<ChannelHost> StartAsync(RedisServer server) =>
        ChannelHost.StartAsync(("r:Type", "redis"), ("r:Address", server.Address));

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, RedisValue>>> EntriesAsync(ConnectionMultiplexer redis)
    {
        try
        {
            return
            [
                .. (await redis.GetDatabase().StreamRangeAsync(Stream)).Select(
                    entry => entry.Values.ToDictionary(one => (string)one.Name!, one => one.Value)),
            ];
        }
        catch (RedisException)
        {
            // It is just coming back.
            return [];
        }
    }
}
