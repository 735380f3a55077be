using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public async Task<QuotaCount> CountRequestAsync(string provider, QuotaTerms terms, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Quota(provider)];
        RedisValue[] values = [terms.Limit, terms.Spare, terms.From.ToUnixTimeMilliseconds(), terms.Until.ToUnixTimeMilliseconds()];
        var answer = await WriteAsync(() => _publish.AskAsync(
            provider, redis => redis.ScriptEvaluateAsync(RedisScript.Quota, keys, values), cancellationToken));
        return new(
            Enum.Parse<QuotaVerdict>(answer[0].ToString()), (int)answer[1], DateTimeOffset.FromUnixTimeMilliseconds((long)answer[2]),
            DateTimeOffset.FromUnixTimeMilliseconds((long)answer[3]));
    }
}
