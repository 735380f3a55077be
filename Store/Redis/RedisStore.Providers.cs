using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, StoredProvider>> ReadProvidersAsync(CancellationToken cancellationToken)
    {
        var records = await _poll.AskAsync(redis => redis.HashGetAllAsync(_keys.Providers), cancellationToken);
        return ProviderRecord.Read(records.Select(record => (record.Name.ToString(), record.Value.ToString())));
    }

    /// <inheritdoc/>
    public Task WriteProviderAsync(ProviderProfile profile, ProviderHealth? health, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Providers, _keys.ProvidersRevision, _keys.ScheduleAccepted];
        RedisValue[] values = [ProviderKey.Checked(profile.Key), ProviderRecord.Profile(profile), ProviderRecord.Health(health) ?? ""];
        return _publish.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScript.Provider, keys, values), cancellationToken);
    }
}
