using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public Task BeatAsync(string worker, CancellationToken cancellationToken) =>
        _publish.AskAsync(
            redis => redis.ScriptEvaluateAsync(
                RedisScript.Beat, [_keys.Workers], [worker, (long)StoreLimits.WorkerSilence.TotalMilliseconds]),
            cancellationToken);

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
