using System.Diagnostics;
using System.Net;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Compat.Tests.Redis;

/// <summary>The Redis client on top of the stand-ins, against a real server.</summary>
public class RedisTests
{
    private const int Seed = 20_240_101;

    [Fact]
    public async Task Ten_thousand_pipelined_values_of_all_sizes_come_back_as_they_went()
    {
        await using RedisServer server = await StartServerAsync();
        await using ConnectionMultiplexer client = await ConnectAsync(server.Port);
        IDatabase database = client.GetDatabase();

        for (int batch = 0; batch < 10_000; batch += 500)
        {
            int[] indices = [.. Enumerable.Range(batch, 500)];
            await Task.WhenAll(indices.Select(i => database.StringSetAsync($"key:{i}", ValueOf(i))));
            RedisValue[] values = await Task.WhenAll(indices.Select(i => database.StringGetAsync($"key:{i}")));

            Assert.All(indices, i => Assert.True(ValueOf(i).AsSpan().SequenceEqual((byte[]?)values[i - batch]), $"key:{i}"));
        }
    }

    [Fact]
    public async Task Published_messages_arrive_in_order()
    {
        await using RedisServer server = await StartServerAsync();
        await using ConnectionMultiplexer client = await ConnectAsync(server.Port);
        RedisChannel channel = RedisChannel.Literal("news");
        ChannelMessageQueue queue = await client.GetSubscriber().SubscribeAsync(channel);

        for (int i = 0; i < 1000; i++) await client.GetSubscriber().PublishAsync(channel, i);

        for (int i = 0; i < 1000; i++)
        {
            ChannelMessage message = await queue.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal(i, (int)message.Message);
        }
    }

    [Fact]
    public async Task A_script_returns_nested_arrays()
    {
        await using RedisServer server = await StartServerAsync();
        await using ConnectionMultiplexer client = await ConnectAsync(server.Port);

        RedisResult result = await client.GetDatabase().ScriptEvaluateAsync(
            "local t = {} for i = 1, 5000 do t[i] = {i, {KEYS[1], ARGV[1]}} end return t", ["k"], ["v"]);

        Assert.Equal(5000, result.Length);
        Assert.Equal(5000, (int)result[4999][0]);
        Assert.Equal("v", (string?)result[4999][1][1]);
    }

    [Fact]
    public async Task A_killed_server_fails_commands_at_once_and_is_found_again()
    {
        await using RedisServer server = await StartServerAsync();
        await using ConnectionMultiplexer client = await ConnectAsync(server.Port);
        IDatabase database = client.GetDatabase();
        await database.StringSetAsync("k", "v");
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Of the broken connection and the refused attempt to replace it the client reports whichever comes first; it has two.
        client.ConnectionFailed += (_, failed) => _ = failed.ConnectionType == ConnectionType.Interactive && noticed.TrySetResult();

        await server.KillAsync();
        await noticed.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        await Assert.ThrowsAsync<RedisConnectionException>(() => database.StringGetAsync("k"));
        await server.StartAgainAsync(Cancellation);

        await EventuallyAsync(TimeSpan.FromSeconds(20), () => database.StringSetAsync("k", "w"));
    }

    [Fact]
    public async Task A_stopped_server_is_reported_in_seconds_and_works_again_when_continued()
    {
        await using RedisServer server = await StartServerAsync();
        await using ConnectionMultiplexer client = await ConnectAsync(server.Port, options => options.AsyncTimeout = 2000);
        IDatabase database = client.GetDatabase();
        await database.StringSetAsync("k", "v");

        await server.StopAsync();
        long stopped = Stopwatch.GetTimestamp();
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => database.StringGetAsync("k"));
        TimeSpan reported = Stopwatch.GetElapsedTime(stopped);
        await server.ContinueAsync();

        Assert.True(thrown is RedisTimeoutException or RedisConnectionException, thrown.ToString());
        Assert.InRange(reported, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await EventuallyAsync(
            TimeSpan.FromSeconds(20), async () => Assert.Equal("v", (string?)await database.StringGetAsync("k")));
    }

    [Fact]
    public async Task Values_go_through_TLS_unharmed()
    {
        using var files = new ServerCertificateFiles();
        int port = RedisServer.FreePort();
        await using RedisServer server = await StartServerAsync(
            "--tls-port", $"{port}", "--tls-auth-clients", "no",
            "--tls-cert-file", files.Certificate, "--tls-key-file", files.Key);
        await using ConnectionMultiplexer client = await ConnectAsync(port, options =>
        {
            options.Ssl = true;
            options.CertificateValidation += (_, presented, _, _) => files.Presents(presented);
        });
        IDatabase database = client.GetDatabase();

        int[] indices = [.. Enumerable.Range(0, 300)];
        await Task.WhenAll(indices.Select(i => database.StringSetAsync($"key:{i}", ValueOf(i))));
        RedisValue[] values = await Task.WhenAll(indices.Select(i => database.StringGetAsync($"key:{i}")));

        Assert.All(indices, i => Assert.True(ValueOf(i).AsSpan().SequenceEqual((byte[]?)values[i]), $"key:{i}"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What these tests write needs to reach the client, not a disk.
    private static Task<RedisServer> StartServerAsync(params string[] settings)
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        return RedisServer.StartAsync(Cancellation, ["--appendonly", "no", .. settings]);
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(int port, Action<ConfigurationOptions>? adjust = null)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, port } },
            AbortOnConnectFail = false,
            AsyncTimeout = 60_000,
            ConnectTimeout = 20_000,
            ReconnectRetryPolicy = new LinearRetry(200),
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        adjust?.Invoke(options);
        return ConnectionMultiplexer.ConnectAsync(options);
    }

    // One in a thousand is 4 MiB, one in a hundred some 100 KiB, the rest up to 4 KiB and sometimes empty.
    private static byte[] ValueOf(int index)
    {
        var random = new Random(Seed + index);
        int length = (index % 1000, index % 100) switch
        {
            (7, _) => 4 * 1024 * 1024,
            (_, 7) => random.Next(64 * 1024, 160 * 1024),
            _ => random.Next(0, 4 * 1024),
        };
        var value = new byte[length];
        random.NextBytes(value);
        return value;
    }

    private static async Task EventuallyAsync(TimeSpan within, Func<Task> action)
    {
        using var limit = new CancellationTokenSource(within);
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception notYet) when (notYet is RedisException or RedisTimeoutException && !limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            }
        }
    }
}
