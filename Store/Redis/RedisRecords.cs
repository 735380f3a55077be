using StackExchange.Redis;

namespace Rates.Store;

/// <summary>Adds records of what happened, such as fetches, to a Redis stream that keeps the newest of them, and reads them.</summary>
internal static class RedisRecords
{
    /// <summary>Adds a record, and lets the oldest go.</summary>
    /// <param name="redis">The database.</param>
    /// <param name="key">The stream's key.</param>
    /// <param name="fields">The record.</param>
    /// <param name="most">About how many are kept; a few more may stay.</param>
    public static Task<RedisValue> AddRecordAsync(this IDatabase redis, RedisKey key, NameValueEntry[] fields, int most) =>
        redis.StreamAddAsync(key, fields, maxLength: most, useApproximateMaxLength: true);

    /// <summary>The newest records, newest first.</summary>
    /// <param name="redis">The database.</param>
    /// <param name="key">The stream's key.</param>
    /// <param name="count">The most to return.</param>
    public static Task<StreamEntry[]> NewestRecordsAsync(this IDatabase redis, RedisKey key, int count) =>
        redis.StreamRangeAsync(key, count: count, messageOrder: Order.Descending);
}
