using Rates.Core;
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
    public async Task<IReadOnlyDictionary<string, ScheduleDefinition>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var (stored, now) = await ReadSchedulesAsync(cancellationToken);
        return StoredSchedule.InForce(stored.Values, now);
    }

    /// <inheritdoc/>
    public async Task FillGapsAsync(IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken)
    {
        var (stored, now) = await ReadSchedulesAsync(cancellationToken);
        await ApplyAsync("", ScheduleEdit.Gaps(stored, shipped, now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> TakeHandEditsAsync(
        IReadOnlyDictionary<string, ScheduleDefinition> shipped, CancellationToken cancellationToken)
    {
        var (stored, now) = await ReadSchedulesAsync(cancellationToken);
        return await ApplyAsync(ScheduleDefinition.ByHand, ScheduleEdit.ByHand(stored.Values, shipped, now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ScheduleDefinition?> EditAsync(
        string provider, long expectedRevision, ScheduleDefinition definition, CancellationToken cancellationToken)
    {
        var (stored, now) = await ReadSchedulesAsync(cancellationToken);
        var before = stored.GetValueOrDefault(provider, new(ProviderKey.Checked(provider), "", ""));
        if (ScheduleEdit.Revision(before) != expectedRevision)
        {
            return null;
        }

        // The script compares the whole text, the revision with it.
        var edit = ScheduleEdit.Of(before, definition, now);
        return await ApplyAsync(definition.By, [edit], cancellationToken) == 1 ? edit.Definition : null;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable> WatchAsync(Action notify, CancellationToken cancellationToken) =>
        _watch.SubscribeAsync(_keys.ScheduleChanged, _ => notify(), cancellationToken);

    private async Task<(Dictionary<string, StoredSchedule> Stored, DateTimeOffset Now)> ReadSchedulesAsync(
        CancellationToken cancellationToken)
    {
        var (texts, accepted, now) = await _publish.AskAsync(
            async redis =>
            {
                var (text, known, clock) =
                    (redis.HashGetAllAsync(_keys.Schedule), redis.HashGetAllAsync(_keys.ScheduleAccepted), TimeAsync(redis));
                return ((await text).ToStringDictionary(), (await known).ToStringDictionary(), await clock);
            },
            cancellationToken);
        var stored = texts.Keys.Union(accepted.Keys).Where(ProviderKey.IsOne).ToDictionary(
            provider => provider,
            provider => new StoredSchedule(provider, texts.GetValueOrDefault(provider, ""), accepted.GetValueOrDefault(provider, "")));
        return (stored, DateTimeOffset.FromUnixTimeMilliseconds(now));
    }

    private async Task<int> ApplyAsync(string by, IReadOnlyList<ScheduleEdit> edits, CancellationToken cancellationToken)
    {
        if (edits.Count == 0)
        {
            return 0;
        }

        RedisKey[] keys =
        [
            _keys.Schedule, _keys.ScheduleAccepted, _keys.ScheduleRevision, _keys.Providers, _keys.ProvidersRevision, _keys.Audit,
        ];
        RedisValue[] values =
        [
            _keys.ScheduleChanged, by, StoreLimits.Audit,
            .. edits.SelectMany(
                edit => new RedisValue[] { edit.Provider, edit.Before.Text, edit.Before.Accepted, edit.Text, edit.Accepted }),
        ];
        return (int)await _publish.AskAsync(redis => redis.ScriptEvaluateAsync(RedisScript.Schedule, keys, values), cancellationToken);
    }
}
