using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>One redis-server for a test class; none where it is not installed.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;
    private ConnectionMultiplexer? _hand;

    /// <summary>The server; skips the test where there is none.</summary>
    public RedisServer Server
    {
        get
        {
            Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.IsInstalled)
        {
            _server = await RedisServer.StartAsync(CancellationToken.None);
            _hand = await ConnectionMultiplexer.ConnectAsync(
                $"{_server.Address},abortConnect=false,allowAdmin=true,connectTimeout=60000,syncTimeout=60000,asyncTimeout=60000",
                options => options.ReconnectRetryPolicy = new LinearRetry(100));
        }
    }

    /// <summary>A store with the deadlines of the product.</summary>
    internal RedisRig Rig() => new(Server, _hand!, RedisDeadlines.Default);

    /// <summary>A store for tests in which the server is well, however busy this machine is.</summary>
    internal RedisRig PatientRig() =>
        new(Server, _hand!, new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60)));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _hand!.DisposeAsync();
            await _server.DisposeAsync();
        }
    }
}
