using System.Text.Json;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken)
    {
        var key = _keys.Quarantine(refused.Provider);
        var json = JsonSerializer.Serialize(refused, StoreFormat.Json.QuarantinedSheet);
        return _publish.AskAsync(
            refused.Provider,
            redis =>
            {
                var both = redis.CreateTransaction();
                _ = both.ListLeftPushAsync(key, json);
                _ = both.ListTrimAsync(key, 0, StoreLimits.Quarantined - 1);
                return both.ExecuteAsync();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QuarantinedSheet>> ReadQuarantineAsync(string provider, CancellationToken cancellationToken)
    {
        var key = _keys.Quarantine(provider);
        var entries = await _publish.AskAsync(provider, redis => redis.ListRangeAsync(key), cancellationToken);
        return [.. entries.Select(entry => JsonSerializer.Deserialize(entry.ToString(), StoreFormat.Json.QuarantinedSheet)!)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> CountQuarantineAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken)
    {
        var counts = await _publish.AskAsync(
            redis => Task.WhenAll(providers.Select(provider => redis.ListLengthAsync(_keys.Quarantine(provider)))), cancellationToken);
        return [.. counts.Select(count => (int)count)];
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string provider, string id, CancellationToken cancellationToken)
    {
        var key = _keys.Quarantine(provider);
        var entries = await _publish.AskAsync(provider, redis => redis.ListRangeAsync(key), cancellationToken);
        var stored = entries.FirstOrDefault(
            entry => JsonSerializer.Deserialize(entry.ToString(), StoreFormat.Json.QuarantinedSheet)!.Id == id);
        return !stored.IsNull && await _publish.AskAsync(provider, redis => redis.ListRemoveAsync(key, stored), cancellationToken) > 0;
    }
}
