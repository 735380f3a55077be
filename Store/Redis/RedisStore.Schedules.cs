using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public async Task<long> ReadRevisionAsync(CancellationToken cancellationToken) =>
        // A damaged counter counts as 0; the next change sets it again.
        (await _poll.AskAsync(redis => redis.StringGetAsync(_keys.ScheduleRevision), cancellationToken)).TryParse(out long revision)
            ? revision
            : 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken) =>
        ScheduleEdit.ReadAll(from entry in await _publish.AskAsync(redis => redis.HashGetAllAsync(_keys.Schedule), cancellationToken)
                             select (entry.Name.ToString(), entry.Value.ToString()));

    /// <inheritdoc/>
    public async Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken)
    {
        var (stored, now) = await _publish.AskAsync(
            async redis =>
            {
                var (hash, clock) = (redis.HashGetAllAsync(_keys.Schedule), TimeAsync(redis));
                return ((await hash).ToStringDictionary(), await clock);
            },
            cancellationToken);
        var gaps = ScheduleEdit.Gaps(
            ScheduleEdit.ReadAll(stored.Select(entry => (entry.Key, entry.Value))), shipped, DateTimeOffset.FromUnixTimeMilliseconds(now));
        if (gaps.Count > 0)
        {
            await ApplyAsync("", gaps.Select(edit => (edit, stored.GetValueOrDefault(edit.Provider, ""))), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<ScheduleDefinition?> EditAsync(
        string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken)
    {
        var (stored, now) = await _publish.AskAsync(
            async redis =>
            {
                var (field, clock) = (redis.HashGetAsync(_keys.Schedule, ProviderKey.Checked(provider)), TimeAsync(redis));
                return ((await field).ToString(), await clock);
            },
            cancellationToken);
        if ((ScheduleEdit.Parse(stored)?.Revision ?? 0) != expectedRevision)
        {
            return null;
        }

        // The script compares the whole text, the revision with it.
        var edit = ScheduleEdit.Of(provider, expectedRevision, definition, DateTimeOffset.FromUnixTimeMilliseconds(now));
        return await ApplyAsync(definition.By, [(edit, stored)], cancellationToken) == 1 ? edit.Definition : null;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        _watch.SubscribeAsync(_keys.ScheduleChanged, _ => notify(), cancellationToken);

    private async Task<int> ApplyAsync(
        string by, IEnumerable<(ScheduleEdit Edit, string Before)> edits, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [_keys.Schedule, _keys.ScheduleRevision, _keys.Providers, _keys.ProvidersRevision, _keys.Audit];
        RedisValue[] values =
        [
            _keys.ScheduleChanged, by, StoreLimits.Audit,
            .. edits.SelectMany(one => new RedisValue[] { one.Edit.Provider, one.Before, one.Edit.ToJson() }),
        ];
        return (int)await _publish.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScript.Schedule, keys, values), cancellationToken);
    }
}
