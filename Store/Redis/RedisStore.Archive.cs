using System.Text;
using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadArchivedProvidersAsync(CancellationToken cancellationToken)
    {
        var (index, records) = await _bulk.AskAsync(
            async redis =>
            {
                var (sheets, profiles) = (redis.HashKeysAsync(_keys.Index), redis.HashKeysAsync(_keys.Providers));
                return (await sheets, await profiles);
            },
            cancellationToken);
        return [.. index.Concat(records).Select(key => key.ToString()).Where(ProviderKey.IsOne).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchivedDay>> ReadArchivedDaysAsync(string provider, int year, CancellationToken cancellationToken)
    {
        var key = _keys.History(provider, year);
        var days = await _bulk.AskAsync(provider, redis => redis.HashGetAllAsync(key), cancellationToken);
        return
        [
            .. days.Select(day => DayForm.Archived(
                    provider, StoreFormat.Day(day.Name.ToString()), ((ReadOnlyMemory<byte>)day.Value).Span))
                .OrderBy(day => day.Day),
        ];
    }

    /// <inheritdoc/>
    public async Task<string?> ReadArchivedSheetAsync(string provider, CancellationToken cancellationToken) =>
        await _bulk.AskAsync(provider, redis => redis.StringGetAsync(_keys.Sheet(provider)), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> RestoreDaysAsync(string provider, IReadOnlyList<ArchivedDay> days, CancellationToken cancellationToken)
    {
        var parsed = days.Select(day => (day.Day, Archived: HistoryCombination.Parse(provider, day))).ToList();
        var changed = 0;
        foreach (var year in parsed.GroupBy(day => day.Day.Year))
        {
            foreach (var some in year.Chunk(DaysAtOnce))
            {
                var archived = some.ToDictionary(day => day.Day, day => day.Archived);
                changed += await EditDaysAsync(
                    provider, _keys.History(provider, year.Key), [.. archived.Keys],
                    (day, stored) => HistoryCombination.Of(provider, day, stored, archived[day]), cancellationToken);
            }
        }

        return changed;
    }

    /// <inheritdoc/>
    public async Task<bool> RestoreSheetAsync(string provider, string sheet, CancellationToken cancellationToken)
    {
        var read = SheetPayload.Read(provider, Encoding.UTF8.GetBytes(sheet));
        RedisKey[] keys = [_keys.Sheet(provider), _keys.Latest(provider), _keys.Index, _keys.Version, _keys.Epoch];
        RedisValue[] values =
        [
            _keys.Changed, provider, read.Epoch, read.Version, sheet, StoreFormat.Text(read.AsOf),
            .. LatestProjection.Of(read).SelectMany(field => new RedisValue[] { field.Key, field.Value }),
        ];
        return (bool)await _publish.AskAsync(
            provider, redis => redis.ScriptEvaluateAsync(RedisScript.Restore, keys, values), cancellationToken);
    }
}
