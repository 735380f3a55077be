using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    // A store that lost its keys gets its id back from the workers that know it.
    private volatile string? _id;

    /// <inheritdoc/>
    public async Task BeatAsync(string worker, CancellationToken cancellationToken)
    {
        RedisValue[] values = [worker, (long)StoreLimits.WorkerSilence.TotalMilliseconds, _id ?? EpochId.Random()];
        var id = await WriteAsync(() => _publish.AskAsync(
            redis => redis.ScriptEvaluateAsync(RedisScript.Beat, [_keys.Workers, _keys.Id], values), cancellationToken));
        _id = id.ToString();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadWorkersAsync(CancellationToken cancellationToken)
    {
        var (beats, now) = await _publish.AskAsync(
            async redis =>
            {
                var (set, clock) = (redis.SortedSetRangeByRankWithScoresAsync(_keys.Workers), TimeAsync(redis));
                return (await set, await clock);
            },
            cancellationToken);
        return (from beat in beats
                let at = DateTimeOffset.FromUnixTimeMilliseconds((long)beat.Score)
                where at > DateTimeOffset.FromUnixTimeMilliseconds(now) - StoreLimits.WorkerSilence
                select KeyValuePair.Create(beat.Element.ToString(), at)).ToDictionary();
    }
}
