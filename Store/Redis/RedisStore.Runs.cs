using System.Globalization;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public Task RecordRunAsync(FetchRun run, CancellationToken cancellationToken)
    {
        NameValueEntry[] fields =
        [
            new("at", StoreFormat.Text(run.At)), new("provider", run.Provider), new("slot", StoreFormat.Text(run.Slot)),
            new("worker", run.Worker), new("outcome", run.Outcome),
            new("reason", run.Reason), new("durationMs", (long)run.Duration.TotalMilliseconds), new("requests", run.Requests),
            new("bytes", run.Bytes), new("changes", run.Changes),
            new("oddRows", run.OddRows),
        ];
        return _publish.AskAsync(redis => redis.AddRecordAsync(_keys.Runs, fields, StoreLimits.Runs), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FetchRun>> ReadRunsAsync(int count, CancellationToken cancellationToken)
    {
        var entries = await _publish.AskAsync(redis => redis.NewestRecordsAsync(_keys.Runs, count), cancellationToken);
        return
        [
            .. entries.Select(run => new FetchRun(
                Instant(run["at"]), run["provider"].ToString(), Instant(run["slot"]), run["worker"].ToString(), run["outcome"].ToString(),
                run["reason"].ToString(),
                TimeSpan.FromMilliseconds((long)run["durationMs"]), (int)run["requests"], (long)run["bytes"], (int)run["changes"])
                {
                    // A run that an earlier release recorded has no such field, which reads as 0.
                    OddRows = (int)run["oddRows"],
                }),
        ];
    }

    private static DateTimeOffset Instant(RedisValue text) => DateTimeOffset.Parse(text.ToString(), CultureInfo.InvariantCulture);
}
