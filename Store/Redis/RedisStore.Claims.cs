using System.Globalization;
using System.Text.Json;
using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public async Task<Claim> ClaimAsync(string provider, DateTimeOffset slot, ClaimTerms terms, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Fetch(provider), _keys.Fence, _keys.Epoch];
        RedisValue[] values =
        [
            slot.ToUnixTimeMilliseconds(), terms.Owner, (long)terms.Lease.TotalMilliseconds, (long)terms.MinimumGap.TotalMilliseconds,
            terms.MaxAttempts, EpochId.Random(),
        ];
        var answer = await WriteAsync(() => _publish.AskAsync(
            provider, redis => redis.ScriptEvaluateAsync(RedisScript.Claim, keys, values), cancellationToken));
        var until = (long)answer[3];
        return new(
            Enum.Parse<ClaimVerdict>(answer[0].ToString()), provider, slot, (long)answer[1], (int)answer[2],
            until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(until));
    }

    /// <inheritdoc/>
    public async Task<PublishResult> PublishAsync(
        Claim claim, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken)
    {
        var provider = claim.Provider;
        var body = SheetPayload.Body(claim, sheet);
        RedisKey[] keys = [_keys.Fetch(provider), _keys.Sheet(provider), _keys.Latest(provider), _keys.Index, _keys.Version, _keys.Epoch];
        RedisValue[] values =
        [
            _keys.Changed, provider, claim.Fence, EpochId.Random(), StoreFormat.Text(claim.Slot), StoreFormat.Text(sheet.CheckedAt),
            SheetPayload.Json(sheet.NextExpectedAt),
            SheetPayload.Digest(body), body, StoreFormat.Text(sheet.AsOf),
            JsonSerializer.Serialize(validators, StoreFormat.Json.FetchValidators),
            .. LatestProjection.Of(sheet).SelectMany(field => new RedisValue[] { field.Key, field.Value }),
        ];
        var answer = await WriteAsync(() => _publish.AskAsync(
            provider, redis => redis.ScriptEvaluateAsync(RedisScript.Publish, keys, values), cancellationToken));
        return answer.IsNull ? new(false, "", 0) : new(true, answer[0].ToString(), (long)answer[1]);
    }

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(Claim claim, FinishedFetch finished, CancellationToken cancellationToken)
    {
        var provider = claim.Provider;
        RedisKey[] keys = [_keys.Fetch(provider), _keys.Sheet(provider), _keys.Index, _keys.Version, _keys.Epoch];
        RedisValue[] values =
        [
            _keys.Changed, provider, claim.Fence, EpochId.Random(), finished.SlotDone, finished.Failed,
            finished.NotBefore?.ToUnixTimeMilliseconds() ?? 0,
            finished.Validators is { } validators ? JsonSerializer.Serialize(validators, StoreFormat.Json.FetchValidators) : "",
            StoreFormat.Text(claim.Slot), finished.CheckedAt is { } checkedAt ? StoreFormat.Text(checkedAt) : "",
            SheetPayload.Json(finished.NextExpectedAt),
        ];
        return (bool)await WriteAsync(() => _publish.AskAsync(
            provider, redis => redis.ScriptEvaluateAsync(RedisScript.Finish, keys, values), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<FetchState> ReadFetchAsync(string provider, CancellationToken cancellationToken)
    {
        var key = _keys.Fetch(provider);
        var (fields, now) = await _publish.AskAsync(
            provider,
            async redis =>
            {
                var (hash, clock) = (redis.HashGetAllAsync(key), TimeAsync(redis));
                return ((await hash).ToStringDictionary(), await clock);
            },
            cancellationToken);
        var record = new StoredFetchState
        {
            Slot = Number("slot"),
            Done = Number("done"),
            Until = Number("until"),
            Attempt = (int)Number("attempt"),
            Failures = (int)Number("failures"),
            NotBefore = Number("notBefore"),
            Validators = fields.GetValueOrDefault("validators", ""),
        };
        return record.ToState(now);

        long Number(string field) =>
            long.TryParse(fields.GetValueOrDefault(field), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    // The server's clock, Unix milliseconds.
    private static async Task<long> TimeAsync(IDatabase redis)
    {
        var time = await redis.ExecuteAsync("TIME");
        return (long)time[0] * 1000 + (long)time[1] / 1000;
    }

    /// <inheritdoc/>
    public Task ClearHoldAsync(string provider, CancellationToken cancellationToken) =>
        _publish.AskAsync(
            provider,
            async redis =>
            {
                await redis.HashSetAsync(_keys.Fetch(provider), [new("notBefore", 0), new("failures", 0)]);
                return true;
            },
            cancellationToken);
}
