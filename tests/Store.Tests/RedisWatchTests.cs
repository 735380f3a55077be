using System.Collections.Concurrent;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>That notifications keep coming, whatever becomes of the server and its connections.</summary>
public sealed class RedisWatchTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_made_while_the_server_is_away_works_and_hints_once_it_is_there()
    {
        await using var rig = redis.Rig();
        var port = redis.Server.Port;
        await redis.Server.KillAsync();
        ConcurrentQueue<string> notifications = [];

        await using var watch = await rig.Store.WatchAsync(notifications.Enqueue, Token);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => rig.Store.ReadIndexAsync(Token));
        var findings = await rig.Store.CheckAsync(Token);
        await redis.Server.StartAgainAsync(Token);

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}", Assert.Single(findings), StringComparison.Ordinal);
        await NotifiedAsync(rig, notifications);
    }

    [Fact]
    public async Task A_watch_outlives_the_server_and_its_connection()
    {
        await using var rig = redis.Rig();
        ConcurrentQueue<string> notifications = [];
        await using var watch = await rig.Store.WatchAsync(notifications.Enqueue, Token);
        await NotifiedAsync(rig, notifications);

        await redis.Server.KillAsync();
        await redis.Server.StartAgainAsync(Token);
        await NotifiedAsync(rig, notifications);

        // The client by itself stays deaf after one in some fifty of these.
        for (var i = 0; i < 10; i++)
        {
            await rig.Hand.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
            await rig.Hand.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");
            await NotifiedAsync(rig, notifications);
        }
    }

    [Fact]
    public async Task A_watch_misses_nothing_from_the_moment_it_is_given()
    {
        await using var rig = redis.PatientRig();
        var texts = Enumerable.Range(0, 50).Select(number => $"hint-{number}").ToList();

        // The client tells of its connections when it likes, also after the first command was answered.
        for (var i = 0; i < 20; i++)
        {
            ConcurrentQueue<string> notifications = [];
            await using var watch = await rig.Another().WatchAsync(notifications.Enqueue, Token);

            foreach (var text in texts)
            {
                await rig.Hand.PublishAsync(RedisChannel.Literal(rig.Keys.Changed), text);
            }

            // InProcessNotifier of one moment may come in any order.
            await Eventually.IsAsync(() => notifications.Contains(texts[^1]), Token);
            await Eventually.IsAsync(() => notifications.Count == texts.Count, Token);
        }
    }

    [Fact]
    public async Task A_watch_may_be_ended_after_its_store_was_closed()
    {
        var rig = redis.Rig();
        var watch = await rig.Store.WatchAsync(_ => { }, Token);
        await rig.DisposeAsync();

        await watch.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => rig.Store.ReadIndexAsync(Token));
    }

    [Fact]
    public async Task Two_watches_of_one_store_outlive_a_cut()
    {
        await using var rig = redis.Rig();
        ConcurrentQueue<string> one = [], two = [];
        await using var first = await rig.Store.WatchAsync(one.Enqueue, Token);
        await using var second = await rig.Store.WatchAsync(two.Enqueue, Token);

        // Both are told of the connection that comes back: the client walks through them.
        await rig.Hand.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await rig.Hand.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");

        await NotifiedAsync(rig, one);
        await NotifiedAsync(rig, two);
    }

    // Each wait for a text of its own: one that came late from before proves nothing.
    private static async Task NotifiedAsync(RedisRig rig, ConcurrentQueue<string> notifications)
    {
        var text = $"hint-{Guid.NewGuid():n}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Eventually.Limit);
        while (!notifications.Contains(text))
        {
            try
            {
                await rig.Hand.PublishAsync(RedisChannel.Literal(rig.Keys.Changed), text);
            }
            catch (Exception cut) when (RedisFailure.Reason(cut) is not null)
            {
                // The hand's own connection was cut too, and comes back by itself.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
