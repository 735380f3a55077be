using System.Runtime.InteropServices;
using System.Text;
using Rates.Core;
using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    // Years requested together. The server answers them, and the client takes its answers apart, without a pause for others: all 25
    // years of a provider are a megabyte.
    private const int YearsAtOnce = 2;

    // Days sent in one command: enough to use the whole connection without filling the server's buffers.
    private const int DaysAtOnce = 64;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDay>> ReadDaysAsync(
        string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        List<StoredDay> days = [];
        await ReadEachAsync(provider, first, last, (day, stored) => days.Add(DayForm.Read(provider, day, stored)), cancellationToken);
        return days;
    }

    /// <inheritdoc/>
    public Task ReadFiguresAsync(
        string provider, DateOnly first, DateOnly last, Action<DateOnly, ReadOnlySpan<Observation>> take,
        CancellationToken cancellationToken)
    {
        List<Observation> figures = [];
        return ReadEachAsync(
            provider, first, last,
            (day, stored) =>
            {
                DayForm.Read(provider, day, stored, figures);
                take(day, CollectionsMarshal.AsSpan(figures));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken)
    {
        var key = _keys.HistoryRevision(provider);
        var revision = await _bulk.AskAsync(provider, redis => redis.StringGetAsync(key), cancellationToken);
        return revision.TryParse(out long number) ? number : 0;
    }

    /// <inheritdoc/>
    public Task<int> UpsertHistoryAsync(
        string provider, IReadOnlyList<Observation> observations, DateTimeOffset fetchedAt, CancellationToken cancellationToken) =>
        EditHistoryAsync(provider, observations, (stored, figures) => HistoryDay.Merge(stored, figures, fetchedAt), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ConfirmHistoryAsync(
        string provider, IReadOnlyList<Observation> confirmed, DateTimeOffset at, CancellationToken cancellationToken) =>
        EditHistoryAsync(provider, confirmed, (stored, figures) => HistoryDay.Confirm(stored, figures, at), cancellationToken);

    /// <inheritdoc/>
    public async Task<DateOnly?> ReadBackfilledAsync(string provider, CancellationToken cancellationToken)
    {
        var key = _keys.Fetch(provider);
        var day = await _publish.AskAsync(provider, redis => redis.HashGetAsync(key, "backfilled"), cancellationToken);
        return IsoText.TryParseDay(day.ToString(), out var from) ? from : null;
    }

    /// <inheritdoc/>
    public Task WriteBackfilledAsync(string provider, DateOnly from, CancellationToken cancellationToken)
    {
        var key = _keys.Fetch(provider);
        return _publish.AskAsync(
            provider,
            async redis =>
            {
                await redis.HashSetAsync(key, "backfilled", StoreFormat.Text(from));
                return await redis.HashSetAsync(key, "backfillFailed", "");
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<FailedBackfill?> ReadFailedBackfillAsync(string provider, CancellationToken cancellationToken)
    {
        var key = _keys.Fetch(provider);
        var json = await _publish.AskAsync(provider, redis => redis.HashGetAsync(key, "backfillFailed"), cancellationToken);
        return FailedBackfill.Read(json.ToString());
    }

    /// <inheritdoc/>
    public Task WriteFailedBackfillAsync(string provider, FailedBackfill failed, CancellationToken cancellationToken)
    {
        var key = _keys.Fetch(provider);
        return _publish.AskAsync(provider, redis => redis.HashSetAsync(key, "backfillFailed", failed.ToJson()), cancellationToken);
    }

    private async Task<int> EditHistoryAsync(
        string provider, IReadOnlyList<Observation> observations, Func<HistoryDay?, IEnumerable<Observation>, HistoryDay?> edit,
        CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var year in observations.GroupBy(observation => observation.AsOf.Year))
        {
            foreach (var days in year.GroupBy(observation => observation.AsOf).Chunk(DaysAtOnce))
            {
                var figures = days.ToDictionary(day => day.Key);
                changed += await EditDaysAsync(
                    provider, _keys.History(provider, year.Key), [.. figures.Keys], (day, stored) => edit(stored, figures[day]),
                    cancellationToken);
            }
        }

        return changed;
    }

    private async Task ReadEachAsync(
        string provider, DateOnly first, DateOnly last, Action<DateOnly, ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        for (var year = first.Year; year <= last.Year; year += YearsAtOnce)
        {
            var years = await Task.WhenAll(
                Enumerable.Range(year, Math.Min(YearsAtOnce, last.Year - year + 1)).Select(
                    one => ReadYearAsync(provider, one, first, last, cancellationToken)));
            foreach (var (day, stored) in years.SelectMany(one => one))
            {
                take(day, BytesOf(stored));
            }
        }
    }

    private async Task<IEnumerable<(DateOnly Day, RedisValue Stored)>> ReadYearAsync(
        string provider, int year, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var key = _keys.History(provider, year);
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        if (first <= from && to <= last)
        {
            var whole = await _bulk.AskAsync(provider, redis => redis.HashGetAllAsync(key), cancellationToken);
            Array.Sort(whole, (one, other) => BytesOf(one.Name).SequenceCompareTo(BytesOf(other.Name)));
            return whole.Select(field => (DayOf(field.Name), field.Value));
        }

        (from, to) = (first > from ? first : from, last < to ? last : to);
        var count = Math.Max(to.DayNumber - from.DayNumber + 1, 0);
        DateOnly[] days = [.. Enumerable.Range(from.DayNumber, count).Select(DateOnly.FromDayNumber)];
        var part = days.Length == 0
            ? []
            : await _bulk.AskAsync(
                provider, redis => redis.HashGetAsync(key, [.. days.Select(day => (RedisValue)StoreFormat.Text(day))]), cancellationToken);
        return days.Zip(part).Where(day => !day.Second.IsNull);
    }

    // Days are read by the thousand, so no text is made of each.
    private static DateOnly DayOf(RedisValue name)
    {
        Span<char> letters = stackalloc char[IsoText.DayLength];
        var bytes = BytesOf(name);
        return bytes.Length == letters.Length && Encoding.ASCII.TryGetChars(bytes, letters, out _)
            && IsoText.TryParseDay(letters, out var day) ? day : StoreFormat.Day(name.ToString());
    }

    private static ReadOnlySpan<byte> BytesOf(RedisValue value) => ((ReadOnlyMemory<byte>)value).Span;

    // Somebody else may store the same days meanwhile (a backfill beside a fetch): what was read is compared by the script, and
    // days that moved are read and merged again.
    private async Task<int> EditDaysAsync(
        string provider, string key, DateOnly[] days, Func<DateOnly, HistoryDay?, HistoryDay?> edit, CancellationToken cancellationToken)
    {
        var changed = 0;
        while (days.Length > 0)
        {
            var stored = await _bulk.AskAsync(
                provider, redis => redis.HashGetAsync(key, [.. days.Select(day => (RedisValue)StoreFormat.Text(day))]),
                cancellationToken);
            List<RedisValue> edits = [];
            foreach (var (day, before) in days.Zip(stored))
            {
                var known = before.IsNull ? null : DayForm.Parse(day, ((ReadOnlyMemory<byte>)before).Span);
                if (edit(day, known) is { } edited)
                {
                    edits.AddRange([StoreFormat.Text(day), before.IsNull ? "" : before, DayForm.Write(edited)]);
                }
            }

            if (edits.Count == 0)
            {
                break;
            }

            var answer = await _bulk.AskAsync(
                provider, redis => redis.ScriptEvaluateAsync(RedisScript.History, [key, _keys.HistoryRevision(provider)], [.. edits]),
                cancellationToken);
            var missed = ((string[])answer!).ToHashSet();
            changed += edits.Count / 3 - missed.Count;
            days = [.. days.Where(day => missed.Contains(StoreFormat.Text(day)))];
        }

        return changed;
    }
}
