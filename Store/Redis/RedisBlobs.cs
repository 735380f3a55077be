using StackExchange.Redis;

namespace Rates.Store;

/// <summary>
/// Stores blobs (byte strings with a name) as Redis strings, beside a sorted set of their times and a hash of their sizes.
/// </summary>
internal sealed class RedisBlobs(RedisConnection connection, RateKeys keys, TimeProvider time) : IBlobs
{
    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => connection.AskAsync(
        redis =>
        {
            var all = redis.CreateTransaction();
            _ = all.StringSetAsync(keys.Evidence(name), value);
            _ = all.SortedSetAddAsync(keys.EvidenceTimes, name, time.GetUtcNow().ToUnixTimeMilliseconds());
            _ = all.HashSetAsync(keys.EvidenceSizes, name, value.Length);
            return all.ExecuteAsync();
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) =>
        (byte[]?)await connection.AskAsync(redis => redis.StringGetAsync(keys.Evidence(name)), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BlobEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var (times, sizes) = await connection.AskAsync(
            async redis =>
            {
                var (set, hash) = (
                    redis.SortedSetRangeByRankWithScoresAsync(keys.EvidenceTimes), redis.HashGetAllAsync(keys.EvidenceSizes));
                return (await set, (await hash).ToDictionary(size => size.Name.ToString(), size => (long)size.Value));
            },
            cancellationToken);
        return
        [
            .. times.Select(entry => new BlobEntry(
                entry.Element.ToString(), sizes.GetValueOrDefault(entry.Element.ToString()),
                DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score))),
        ];
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => connection.AskAsync(
        redis =>
        {
            var all = redis.CreateTransaction();
            _ = all.KeyDeleteAsync(keys.Evidence(name));
            _ = all.SortedSetRemoveAsync(keys.EvidenceTimes, name);
            _ = all.HashDeleteAsync(keys.EvidenceSizes, name);
            return all.ExecuteAsync();
        },
        cancellationToken);
}
