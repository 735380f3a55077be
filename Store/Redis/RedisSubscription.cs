using StackExchange.Redis;

namespace Rates.Store;

/// <summary>Receives the messages of a Redis channel until it is disposed, also after the connection was cut.</summary>
/// <remarks>
/// The client subscribes again by itself after a cut, but when its two connections are cut at the same time it may wrongly take a
/// subscription for confirmed, and would receive nothing for ever. So this subscribes again after each cut and repeats it until
/// the server confirms. Nothing but a cut starts it, since no message arrives while subscribing, and the client reports
/// connections also when they are its first ones, and late.
/// </remarks>
internal sealed class RedisSubscription : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    private readonly Task<ConnectionMultiplexer> _connected;
    private readonly RedisChannel _channel;
    private readonly Action<string> _handle;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _lock = new(1, 1);
    private volatile bool _ended;

    /// <param name="connected">The connection, now or later.</param>
    /// <param name="channel">What to listen to.</param>
    /// <param name="handle">Called with each message.</param>
    /// <param name="time">Measures the pauses between tries.</param>
    public RedisSubscription(Task<ConnectionMultiplexer> connected, RedisChannel channel, Action<string> handle, TimeProvider time)
    {
        (_connected, _channel, _handle, _time) = (connected, channel, handle, time);
        Begun = BeginAsync();
    }

    /// <summary>Ends when the subscription was first made, however long that takes, or was given up by disposing.</summary>
    public Task Begun { get; }

    /// <summary>Ends the subscription.</summary>
    public async ValueTask DisposeAsync()
    {
        _ended = true;
        await Begun;
        var redis = await _connected;
        redis.ConnectionFailed -= Renew;
        await _lock.WaitAsync();
        try
        {
            await IsDoneAsync(() => redis.GetSubscriber().UnsubscribeAsync(_channel, Handle));
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task BeginAsync()
    {
        var redis = await _connected;
        redis.ConnectionFailed += Renew;
        await RenewAsync();
    }

    private void Renew(object? sender, ConnectionFailedEventArgs cut) => _ = RenewAsync();

    private async Task RenewAsync()
    {
        var subscriber = (await _connected).GetSubscriber();
        await _lock.WaitAsync();
        try
        {
            while (!_ended)
            {
                await IsDoneAsync(() => subscriber.UnsubscribeAsync(_channel, Handle));
                if (await IsDoneAsync(() => subscriber.SubscribeAsync(_channel, Handle)))
                {
                    return;
                }

                await Task.Delay(Again, _time);
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    // False where the server or the connection failed: worth another try.
    private static async Task<bool> IsDoneAsync(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // The whole store was closed before its listeners: there is nothing left to do.
            return true;
        }
        catch (Exception failure) when (RedisFailure.Reason(failure) is not null)
        {
            return false;
        }
    }

    private void Handle(RedisChannel from, RedisValue message) => _handle(message.ToString());
}
