using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public Task<RateIndex> ReadIndexAsync(CancellationToken cancellationToken) => _poll.AskAsync(
        async redis =>
        {
            var (fields, counter, name) = (redis.HashGetAllAsync(_keys.Index), redis.StringGetAsync(_keys.ProvidersRevision),
                redis.StringGetAsync(_keys.Id));
            return new RateIndex(Versions(await fields), (await counter).ToString(), (await name).ToString());
        },
        cancellationToken);

    private static Dictionary<string, SheetVersion> Versions(HashEntry[] index)
    {
        Dictionary<string, SheetVersion> sheets = [];
        foreach (var entry in index)
        {
            if (ProviderKey.IsOne(entry.Name.ToString()) && SheetVersion.TryParse(entry.Value.ToString(), out var version))
            {
                sheets[entry.Name.ToString()] = version;
            }
        }

        return sheets;
    }

    /// <inheritdoc/>
    public async Task<RateSheet?> ReadSheetAsync(string provider, CancellationToken cancellationToken)
    {
        // Reading one byte more than the limit shows that a value is too large, without reading all of it.
        var payload = await _poll.AskAsync(
            provider, redis => redis.StringGetRangeAsync(_keys.Sheet(provider), 0, SheetPayload.MaxBytes), cancellationToken);
        return payload.IsNullOrEmpty ? null : SheetPayload.Read(provider, ((ReadOnlyMemory<byte>)payload).Span);
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action<string> notify, CancellationToken cancellationToken) =>
        _watch.SubscribeAsync(_keys.Changed, notify, cancellationToken);
}
