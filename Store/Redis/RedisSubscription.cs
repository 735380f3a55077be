using StackExchange.Redis;

namespace Rates.Store;

/// <summary>Listens to a channel for as long as it is not disposed, whatever becomes of the connection.</summary>
/// <remarks>
/// The client makes subscriptions again by itself, but when its two connections are cut at once it may take a subscription for
/// made that is not, and would listen to nothing for ever. So each time a connection is back the subscription is made anew.
/// </remarks>
internal sealed class RedisSubscription : IAsyncDisposable
{
    private readonly Task<ConnectionMultiplexer> _connected;
    private readonly RedisChannel _channel;
    private readonly Action<string> _handle;
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _ended;

    /// <param name="connected">The connection, now or later.</param>
    /// <param name="channel">What to listen to.</param>
    /// <param name="handle">Called with each message.</param>
    public RedisSubscription(Task<ConnectionMultiplexer> connected, RedisChannel channel, Action<string> handle)
    {
        (_connected, _channel, _handle) = (connected, channel, handle);
        Begun = BeginAsync();
    }

    /// <summary>Ends when the subscription was first made, or the server was found to be away.</summary>
    public Task Begun { get; }

    /// <summary>Listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await Begun;
        var redis = await _connected;
        redis.ConnectionRestored -= Renew;
        await _one.WaitAsync();
        try
        {
            _ended = true;
            await TryAsync(() => redis.GetSubscriber().UnsubscribeAsync(_channel, Handle));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task BeginAsync()
    {
        var redis = await _connected;
        redis.ConnectionRestored += Renew;
        await TryAsync(() => redis.GetSubscriber().SubscribeAsync(_channel, Handle));
    }

    private void Renew(object? sender, ConnectionFailedEventArgs restored) => _ = RenewAsync();

    private async Task RenewAsync()
    {
        var subscriber = (await _connected).GetSubscriber();
        await _one.WaitAsync();
        try
        {
            if (!_ended)
            {
                await TryAsync(() => subscriber.UnsubscribeAsync(_channel, Handle));
                await TryAsync(() => subscriber.SubscribeAsync(_channel, Handle));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    // A server that is away forgets a subscription by itself; the client keeps it and makes it when the server is back.
    private static async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception failure) when (RedisFailure.Reason(failure) is not null)
        {
            // Also when the whole store was closed before its listeners.
        }
    }

    private void Handle(RedisChannel from, RedisValue message) => _handle(message.ToString());
}
