using StackExchange.Redis;

namespace Rates.Store;

/// <summary>One connection to Redis for one purpose, so that a large answer here never delays a small one elsewhere.</summary>
/// <param name="options">The server, and how to talk to it.</param>
/// <param name="place">The server's address for messages.</param>
/// <param name="purpose">Shown in the server's list of clients.</param>
/// <param name="deadline">How long one command may take.</param>
/// <param name="time">Measures it.</param>
internal sealed class RedisLink(ConfigurationOptions options, string place, string purpose, TimeSpan deadline, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(2);

    private readonly ConfigurationOptions _options = Own(options, purpose, deadline);
    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connected;

    /// <summary>Sends a command and waits for its answer, at most as long as the link's deadline.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer in time, or the server refused the command.</exception>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            var redis = await ConnectedAsync().WaitAsync(ConnectDeadline, time, cancellationToken);
            return await command(redis.GetDatabase()).WaitAsync(deadline, time, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new StoreUnavailableException($"{place} did not answer within {deadline.TotalSeconds} s", late);
        }
        catch (RedisCommandException failure)
        {
            throw new StoreUnavailableException($"{place}: {failure.Message}", failure);
        }
        catch (RedisException failure)
        {
            throw new StoreUnavailableException($"{place}: {failure.Message}", failure);
        }
    }

    /// <summary>Sends a command about one provider's keys.</summary>
    /// <exception cref="CorruptSheetException">One of them holds another type of value.</exception>
    /// <inheritdoc cref="AskAsync{T}(Func{IDatabase, Task{T}}, CancellationToken)"/>
    public async Task<T> AskAsync<T>(string provider, Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(command, cancellationToken);
        }
        catch (StoreUnavailableException refused) when (refused.InnerException is RedisServerException wrong && wrong.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            throw new CorruptSheetException(provider, $"a key holds another type of value ({wrong.Message})");
        }
    }

    /// <summary>Connects now or later, and hands every message of <paramref name="channel"/> on until the result is disposed.</summary>
    public async Task<IAsyncDisposable> SubscribeAsync(string channel, Action<string> handle, CancellationToken cancellationToken)
    {
        var redis = await ConnectedAsync().WaitAsync(cancellationToken);
        var subscription = new Subscription(redis.GetSubscriber(), RedisChannel.Literal(channel), handle);
        await subscription.BeginAsync();
        return subscription;
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connected is { } connected)
        {
            await (await connected).DisposeAsync();
        }
    }

    private static ConfigurationOptions Own(ConfigurationOptions shared, string purpose, TimeSpan deadline)
    {
        var own = shared.Clone();
        own.ClientName = $"rates-{purpose}";
        own.AsyncTimeout = own.SyncTimeout = (int)deadline.TotalMilliseconds;
        return own;
    }

    // A server that is down is no fault here: the connection is made in the background when it is back.
    private Task<ConnectionMultiplexer> ConnectedAsync()
    {
        lock (_gate)
        {
            return _connected = _connected is null or { IsFaulted: true } or { IsCanceled: true } ? ConnectionMultiplexer.ConnectAsync(_options) : _connected;
        }
    }

    private sealed class Subscription(ISubscriber subscriber, RedisChannel channel, Action<string> handle) : IAsyncDisposable
    {
        public async Task BeginAsync()
        {
            try
            {
                await subscriber.SubscribeAsync(channel, Handle);
            }
            catch (RedisException)
            {
                // Registered all the same: the client subscribes when it is connected.
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await subscriber.UnsubscribeAsync(channel, Handle);
            }
            catch (RedisException)
            {
                // The server is away and has forgotten the subscription already.
            }
        }

        private void Handle(RedisChannel from, RedisValue message) => handle(message.ToString());
    }
}
