using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Reads from the store the rates that providers had on a past day, and keeps them for a minute.</summary>
/// <remarks>
/// The rates of a past day are what the latest sheet would have been at its end. Today, and any later day, is the book itself: so the
/// latest rates and those of today are the same.
/// </remarks>
internal sealed class PastDayReader(ProviderDayReader days, TimeProvider time)
{
    private const int MaxDays = 2_000;

    private readonly ConcurrentDictionary<DayKey, CachedDay> _days = new();

    /// <summary>How long a past day is cached: a backfill may change it without a new version.</summary>
    public static TimeSpan CacheTime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => time.UtcToday();

    /// <summary>The book's entries as of a day. Only those of <paramref name="indexes"/> are read; the others may be null.</summary>
    public async Task<ProviderEntry[]> ReadAsync(DateOnly day, RateBook book, ushort[] indexes, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets, which must not wait for the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        RefuseFuture("date", day);
        if (day >= Today)
        {
            return book.Entries;
        }

        var entries = new ProviderEntry[book.Entries.Length];
        await Parallel.ForEachAsync(
            indexes, cancellationToken, async (index, token) => entries[index] = await ReadAsync(book.Entries[index], day, token));
        return entries;
    }

    /// <summary>Refuses a day that cannot have been published.</summary>
    public void RefuseFuture(string parameter, DateOnly day)
    {
        var last = Today.AddDays(RatesLimits.LookAheadDays);
        if (day > last)
        {
            throw ProblemException.BadValue(
                parameter, day.ToText(),
                $"lies in the future: days up to {last.ToText()}, {RatesLimits.LookAheadDays} days after today, are answered");
        }
    }

    /// <summary>The entry of one provider as of a day: its newest rates on it or before, as far back as its cadence allows.</summary>
    public Task<ProviderEntry> ReadAsync(ProviderEntry entry, DateOnly day, CancellationToken cancellationToken) =>
        day >= Today ? Task.FromResult(entry) : ReadAsync(entry, new(null, day), null, cancellationToken);

    /// <summary>
    /// The entry of one provider with its rates of some days alone: none of a later day, also where its latest sheet has some. Kept
    /// for a minute, unless <paramref name="knownAt"/> is given.
    /// </summary>
    /// <param name="entry">The provider; with <paramref name="knownAt"/> as <see cref="KnownEntryReader"/> gives it.</param>
    /// <param name="figureDays">The days.</param>
    /// <param name="knownAt">The rates are those that were known at this instant; null for those known now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ProviderEntry> ReadAsync(
        ProviderEntry entry, FigureDays figureDays, DateTimeOffset? knownAt, CancellationToken cancellationToken)
    {
        if (knownAt is not null)
        {
            return await FindAsync(entry, figureDays, knownAt, cancellationToken);
        }

        var key = new DayKey(entry.Key, figureDays, SheetVersion.Of(entry.Sheet));
        var now = time.GetUtcNow();
        if (_days.TryGetValue(key, out var kept) && kept.Until > now)
        {
            return kept.Entry;
        }

        var found = await FindAsync(entry, figureDays, null, cancellationToken);
        if (_days.Count >= MaxDays)
        {
            _days.Clear();
        }

        _days[key] = new(found, now + CacheTime);
        return found;
    }

    private async Task<ProviderEntry> FindAsync(
        ProviderEntry entry, FigureDays figureDays, DateTimeOffset? knownAt, CancellationToken cancellationToken)
    {
        var past = new PastDay(entry, figureDays, knownAt, time.GetUtcNow());
        if (past.SheetUnlessNewer is { } sheet && !await HasNewerAsync(entry, sheet.AsOf, figureDays.To, knownAt, cancellationToken))
        {
            return entry.On(entry.Rates, sheet, entry.ModifiedAt, past.End, "");
        }

        var profile = entry.Stored.Profile;
        var read = await days.ReadAsync(entry, past.From, figureDays.To, knownAt, cancellationToken);
        var figures = SheetMerge.InUse([.. read.SelectMany(one => one.Figures)], profile.Calendar.Cadence);
        if (figures.Count == 0)
        {
            return entry.On(null, null, null, past.End, past.WhyNothing);
        }

        var used = figures.Select(figure => figure.AsOf).ToHashSet();
        var fetchedAt = read.Where(one => used.Contains(one.Day)).Max(one => one.FetchedAt);
        return entry.On(
            new(CrossRates.Of(figures, profile.Pivot)), null, fetchedAt, past.End, "",
            isShipped: read.Any(one => one.IsShipped && used.Contains(one.Day)));
    }

    private async Task<bool> HasNewerAsync(
        ProviderEntry entry, DateOnly newest, DateOnly day, DateTimeOffset? knownAt, CancellationToken cancellationToken) =>
        newest < day && (await days.ReadAsync(entry, newest.AddDays(1), day, knownAt, cancellationToken)).Any(one => one.Figures.Count > 0);

    /// <summary>Identifies past days of a provider in the cache of this class.</summary>
    private readonly record struct DayKey(string Provider, FigureDays Days, SheetVersion Version);

    /// <summary>The rates of a provider on a past day, and until when they are kept.</summary>
    private sealed record CachedDay(ProviderEntry Entry, DateTimeOffset Until);
}
