using StackExchange.Redis;

namespace Rates.Store;

/// <summary>The store on Redis, which several processes share: keeps everything under the keys of <see cref="RateKeys"/>.</summary>
internal sealed partial class RedisStore : IRateStore
{
    private readonly RateKeys _keys;
    private readonly RedisConnection _poll;
    private readonly RedisConnection _publish;
    private readonly RedisConnection _bulk;
    private readonly RedisConnection _watch;

    /// <param name="redis">From <see cref="RedisConfiguration"/>.</param>
    /// <param name="prefix">First part of every key.</param>
    /// <param name="deadlines">How long commands may take.</param>
    /// <param name="time">Measures deadlines; what is stored goes by the server's clock.</param>
    public RedisStore(ConfigurationOptions redis, string prefix, RedisDeadlines deadlines, TimeProvider time)
    {
        Location = $"Redis at {RedisConfiguration.Servers(redis)}";
        _keys = new(prefix);
        _poll = Connect("poll", deadlines.Read);
        _publish = Connect("publish", deadlines.Publish);
        _bulk = Connect("bulk", deadlines.History);
        _watch = Connect("watch", deadlines.Read);
        Blobs = new RedisBlobs(_bulk, _keys, time);
        Documents = new RedisDocuments(_publish, _watch, _keys);

        RedisConnection Connect(string purpose, TimeSpan deadline) => new(redis, Location, purpose, deadline, time);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>The storage for evidence.</summary>
    public IBlobs Blobs { get; }

    /// <inheritdoc/>
    public IOperatorDocuments Documents { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _bulk.DisposeAsync();
        await _publish.DisposeAsync();
        await _poll.DisposeAsync();
    }
}
