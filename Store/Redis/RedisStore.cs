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
        _poll = Connection("poll", deadlines.Read);
        _publish = Connection("publish", deadlines.Publish);
        _bulk = Connection("bulk", deadlines.History);
        _watch = Connection("watch", deadlines.Read);
        Blobs = new RedisBlobs(_bulk, _keys, time);
        Documents = new RedisDocuments(_publish, _watch, _keys);

        RedisConnection Connection(string purpose, TimeSpan deadline) => new(redis, Location, purpose, deadline, time);
    }

    /// <summary>The store that the settings name.</summary>
    /// <param name="options">They are checked, and name a server.</param>
    /// <param name="time">Measures deadlines.</param>
    public static RedisStore Open(StoreOptions options, TimeProvider time) =>
        new(RedisConfiguration.Read(options), options.Prefix, RedisDeadlines.Default, time);

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>The storage for evidence.</summary>
    public IBlobs Blobs { get; }

    /// <inheritdoc/>
    public IOperatorDocuments Documents { get; }

    /// <summary>Begins to connect for reads, before the first of them.</summary>
    public void Connect() => _poll.Connect();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _bulk.DisposeAsync();
        await _publish.DisposeAsync();
        await _poll.DisposeAsync();
    }
}
