using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Reads the providers' rates of a past day from the store, and keeps them for a minute.</summary>
internal sealed class DatedBooks(IHistoryReader store, TimeProvider time)
{
    private const int MaxDays = 2_000;

    private readonly ConcurrentDictionary<DayKey, CachedDay> _days = new();

    /// <summary>How long a past day is cached: a backfill may change it without a new version.</summary>
    public static TimeSpan CacheTime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The book's entries as of the day asked for: each with the newest figures on it or up to
    /// <see cref="RatesLimits.LookBackDays"/> days before. Only those asked for are read; the others stay null.
    /// </summary>
    public async Task<ProviderEntry[]> ReadAsync(RatesQuery query, RateBook book, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets, which must not wait for the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        var day = query.Date!.Value;
        RefuseFuture("date", day);
        var entries = new ProviderEntry[book.Entries.Length];
        var indexes = query.Providers.ToArray();
        await Parallel.ForEachAsync(
            indexes, cancellationToken, async (index, token) => entries[index] = await ReadAsync(book.Entries[index], day, token));
        return entries;
    }

    /// <summary>Refuses a day that cannot have been published.</summary>
    public void RefuseFuture(string parameter, DateOnly day)
    {
        if (day > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(RatesLimits.LookAheadDays))
        {
            throw ProblemException.BadValue(parameter, day.ToText(), "lies in the future");
        }
    }

    /// <summary>
    /// The entry of one provider for a day: its newest rates on it or up to <see cref="RatesLimits.LookBackDays"/> days before.
    /// </summary>
    public async Task<ProviderEntry> ReadAsync(ProviderEntry entry, DateOnly day, CancellationToken cancellationToken)
    {
        var key = new DayKey(entry.Key, day, SheetVersion.Of(entry.Sheet));
        var now = time.GetUtcNow();
        if (_days.TryGetValue(key, out var kept) && kept.Until > now)
        {
            return kept.Entry;
        }

        var from = day.DaysBefore(RatesLimits.LookBackDays);
        var observations = await store.ReadHistoryAsync(entry.Key, from, day, cancellationToken);
        var found = observations.Count == 0
            ? entry.On(null, $"nothing is stored of {from.ToText()} to {day.ToText()}")
            : entry.On(new(CrossRates.Of(observations, entry.Stored.Profile.Pivot)), "");
        if (_days.Count >= MaxDays)
        {
            _days.Clear();
        }

        _days[key] = new(found, now + CacheTime);
        return found;
    }

    private readonly record struct DayKey(string Provider, DateOnly Day, SheetVersion Version);

    private sealed record CachedDay(ProviderEntry Entry, DateTimeOffset Until);
}
