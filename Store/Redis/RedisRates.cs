using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

/// <summary>The shared store: everything in Redis, under the keys of <see cref="RateKeys"/>.</summary>
internal sealed partial class RedisRates : IRateStore
{
    private readonly RateKeys _keys;
    private readonly RedisLink _poll;
    private readonly RedisLink _publish;
    private readonly RedisLink _bulk;
    private readonly RedisLink _watch;

    /// <param name="redis">From <see cref="RedisConfiguration"/>.</param>
    /// <param name="prefix">First part of every key.</param>
    /// <param name="deadlines">How long commands may take.</param>
    /// <param name="time">Measures deadlines; what is stored goes by the server's clock.</param>
    public RedisRates(ConfigurationOptions redis, string prefix, RedisDeadlines deadlines, TimeProvider time)
    {
        Place = $"Redis at {RedisConfiguration.Place(redis)}";
        _keys = new(prefix);
        _poll = Link("poll", deadlines.Read);
        _publish = Link("publish", deadlines.Publish);
        _bulk = Link("bulk", deadlines.History);
        _watch = Link("watch", deadlines.Read);
        Documents = new RedisDocuments(_publish, _watch, _keys);

        RedisLink Link(string purpose, TimeSpan deadline) => new(redis, Place, purpose, deadline, time);
    }

    /// <inheritdoc/>
    public string Place { get; }

    /// <inheritdoc/>
    public IDocumentBook Documents { get; }

    /// <inheritdoc/>
    public async Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken)
    {
        var (index, revision) = await _poll.AskAsync(
            async redis =>
            {
                var (fields, counter) = (redis.HashGetAllAsync(_keys.Index), redis.StringGetAsync(_keys.ProvidersRevision));
                return (await fields, await counter);
            },
            cancellationToken);
        Dictionary<string, SheetVersion> sheets = [];
        foreach (var entry in index)
        {
            if (ProviderKey.IsOne(entry.Name.ToString()) && SheetVersion.TryParse(entry.Value.ToString(), out var version))
            {
                sheets[entry.Name.ToString()] = version;
            }
        }

        return new(sheets, revision.ToString());
    }

    /// <inheritdoc/>
    public async Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken)
    {
        // One byte more than a sheet may have tells a larger value without fetching it.
        var payload = await _poll.AskAsync(provider, redis => redis.StringGetRangeAsync(_keys.Sheet(provider), 0, SheetPayload.MaxBytes), cancellationToken);
        return payload.IsNullOrEmpty ? null : SheetPayload.Read(provider, ((ReadOnlyMemory<byte>)payload).Span);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken)
    {
        var records = await _poll.AskAsync(redis => redis.HashGetAllAsync(_keys.Providers), cancellationToken);
        return ProviderRecord.Read(records.Select(record => (record.Name.ToString(), record.Value.ToString())));
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action<string> hint, CancellationToken cancellationToken) => _watch.SubscribeAsync(_keys.Changed, hint, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _bulk.DisposeAsync();
        await _publish.DisposeAsync();
        await _poll.DisposeAsync();
    }
}
