using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Reads what providers said on a past day. The only reads of the store that a request causes, with histories.</summary>
internal sealed class DatedBooks(IHistoryReader store, TimeProvider time)
{
    private const int MaxPages = 2_000;

    private readonly ConcurrentDictionary<PageKey, KeptPage> _pages = new();

    /// <summary>How long a past day is kept: a backfill may still change it without a new version.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The book's entries as of the day asked for: each with the newest figures on it or up to
    /// <see cref="Limits.LookBackDays"/> days before. Only those asked for are read; the others stay null.
    /// </summary>
    public async Task<ProviderEntry[]> ReadAsync(ApiQuery query, RateBook book, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets; what waits must not hold it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        var day = query.Date!.Value;
        RefuseFuture("date", day);
        var entries = new ProviderEntry[book.Entries.Length];
        var places = query.Providers(book).ToArray();
        await Parallel.ForEachAsync(places, cancellationToken, async (place, token) => entries[place] = await ReadAsync(book.Entries[place], day, token));
        return entries;
    }

    /// <summary>Refuses a day that cannot have been published.</summary>
    public void RefuseFuture(string parameter, DateOnly day)
    {
        if (day > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(Limits.LookAheadDays))
        {
            throw ProblemException.BadValue(parameter, day.ToText(), "lies in the future");
        }
    }

    /// <summary>One provider's entry as of a day.</summary>
    public async Task<ProviderEntry> ReadAsync(ProviderEntry entry, DateOnly day, CancellationToken cancellationToken)
    {
        var key = new PageKey(entry.Key, day, SheetVersion.Of(entry.Sheet));
        var now = time.GetUtcNow();
        if (_pages.TryGetValue(key, out var kept) && kept.Until > now)
        {
            return kept.Entry;
        }

        var from = day.AddDays(-Limits.LookBackDays);
        var observations = await store.ReadHistoryAsync(entry.Key, from, day, cancellationToken);
        var found = observations.Count == 0
            ? entry.On(null, $"nothing is stored of {from.ToText()} to {day.ToText()}")
            : entry.On(new(CrossRates.Of(observations, entry.Stored.Profile.Pivot)), "");
        if (_pages.Count >= MaxPages)
        {
            _pages.Clear();
        }

        _pages[key] = new(found, now + Kept);
        return found;
    }

    private readonly record struct PageKey(string Provider, DateOnly Day, SheetVersion Version);

    private sealed record KeptPage(ProviderEntry Entry, DateTimeOffset Until);
}
