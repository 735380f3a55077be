using System.Globalization;
using System.Text.Json;
using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisRates
{
    /// <inheritdoc/>
    public Task QuarantineAsync(QuarantinedSheet refused, CancellationToken cancellationToken)
    {
        var key = _keys.Quarantine(refused.Provider);
        var json = JsonSerializer.Serialize(refused, Wire.Json.QuarantinedSheet);
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
        return [.. entries.Select(entry => JsonSerializer.Deserialize(entry.ToString(), Wire.Json.QuarantinedSheet)!)];
    }

    /// <inheritdoc/>
    public Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken)
    {
        NameValueEntry[] fields =
        [
            new("at", Wire.Text(run.At)), new("provider", run.Provider), new("slot", Wire.Text(run.Slot)), new("worker", run.Worker), new("outcome", run.Outcome),
            new("reason", run.Reason), new("durationMs", (long)run.Duration.TotalMilliseconds), new("requests", run.Requests), new("bytes", run.Bytes), new("changes", run.Changes),
        ];
        return _publish.AskAsync(redis => redis.StreamAddAsync(_keys.Runs, fields, maxLength: StoreLimits.Runs, useApproximateMaxLength: true), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken)
    {
        var entries = await _publish.AskAsync(redis => redis.StreamRangeAsync(_keys.Runs, count: count, messageOrder: Order.Descending), cancellationToken);
        return
        [
            .. entries.Select(run => new FetchRun(
                Instant(run["at"]), run["provider"].ToString(), Instant(run["slot"]), run["worker"].ToString(), run["outcome"].ToString(), run["reason"].ToString(),
                TimeSpan.FromMilliseconds((long)run["durationMs"]), (int)run["requests"], (long)run["bytes"], (int)run["changes"])),
        ];
    }

    /// <inheritdoc/>
    public Task WriteProviderAsync(ProviderProfile profile, ProviderHealth? health, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Providers, _keys.ProvidersRevision, _keys.Schedule];
        RedisValue[] values = [ProviderKey.Checked(profile.Key), ProviderRecord.Profile(profile), ProviderRecord.Health(health) ?? ""];
        return _publish.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScript.Provider, keys, values), cancellationToken);
    }

    /// <inheritdoc/>
    public Task BeatAsync(string worker, CancellationToken cancellationToken) =>
        _publish.AskAsync(
            redis => redis.ScriptEvaluateAsync(RedisScript.Beat, [_keys.Workers], [worker, (long)StoreLimits.WorkerSilence.TotalMilliseconds]), cancellationToken);

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

    private static DateTimeOffset Instant(RedisValue text) => DateTimeOffset.Parse(text.ToString(), CultureInfo.InvariantCulture);
}
