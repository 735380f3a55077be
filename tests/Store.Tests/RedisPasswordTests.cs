using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>The password of the Redis server, in a file.</summary>
public sealed class RedisPasswordTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_comes_from_its_file_is_taken_up_when_changed_and_never_shown()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "first-secret\n", Token);
        await using var server = await RedisServer.StartAsync(Token, "--requirepass", "first-secret");
        try
        {
            await using var store = new RedisStore(
                RedisConfiguration.Read(new() { Redis = server.Address, RedisPasswordFile = file }), "rates", RedisDeadlines.Default,
                TimeProvider.System);
            await StoreRetry.AskAsync(async () =>
            {
                await store.BeatAsync("worker-1", Token);
                return true;
            });
            await using var hand = await ConnectionMultiplexer.ConnectAsync(
                $"{server.Address},password=first-secret,allowAdmin=true");

            await File.WriteAllTextAsync(file, "second-secret", Token);
            await hand.GetDatabase().ExecuteAsync("CONFIG", "SET", "requirepass", "second-secret");
            await hand.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            Assert.Single(await StoreRetry.AskAsync(() => store.ReadWorkersAsync(Token)));

            await File.WriteAllTextAsync(file, "wrong-secret", Token);
            await using var locked = new RedisStore(
                RedisConfiguration.Read(new() { Redis = server.Address, RedisPasswordFile = file }), "rates", RedisDeadlines.Default,
                TimeProvider.System);
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => locked.ReadIndexAsync(Token));
            Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
