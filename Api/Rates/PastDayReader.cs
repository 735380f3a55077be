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
    public Task<ProviderEntry[]> ReadAsync(DateOnly day, RateBook book, ushort[] indexes, CancellationToken cancellationToken) =>
        ReadAsync(day, null, book, indexes, cancellationToken);

    /// <inheritdoc cref="ReadAsync(DateOnly, RateBook, ushort[], CancellationToken)"/>
    /// <param name="day">The day.</param>
    /// <param name="knownAt">The entries have the rates that were known at this instant, and are not cached; null for those known
    /// now.</param>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The entries that are read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ProviderEntry[]> ReadAsync(
        DateOnly day, DateTimeOffset? knownAt, RateBook book, ushort[] indexes, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets, which must not wait for the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        RefuseFuture("date", day);
        if (day >= Today && knownAt is null)
        {
            return book.Entries;
        }

        var entries = new ProviderEntry[book.Entries.Length];
        await Parallel.ForEachAsync(
            indexes, cancellationToken, async (index, token) => entries[index] = knownAt is null
                ? await ReadAsync(book.Entries[index], day, token)
                : await FindAsync(book.Entries[index], new(null, day), knownAt, token));
        return entries;
    }

    /// <summary>Refuses a day that cannot have been published.</summary>
    public void RefuseFuture(string parameter, DateOnly day)
    {
        if (day > Today.AddDays(RatesLimits.LookAheadDays))
        {
            throw ProblemException.BadValue(parameter, day.ToText(), "lies in the future");
        }
    }

    /// <summary>The entry of one provider as of a day: its newest rates on it or before, as far back as its cadence allows.</summary>
    public Task<ProviderEntry> ReadAsync(ProviderEntry entry, DateOnly day, CancellationToken cancellationToken) =>
        day >= Today ? Task.FromResult(entry) : ReadAsync(entry, new(null, day), null, cancellationToken);

    /// <summary>
    /// The entry of one provider with its rates of some days alone: none of a later day, also where its latest sheet has some. Kept
    /// for a minute, unless <paramref name="knownAt"/> is given.
    /// </summary>
    /// <param name="entry">The provider.</param>
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
        var (profile, day) = (entry.Stored.Profile, figureDays.To);
        var end = EndOf(day, profile.Calendar);
        end = knownAt < end ? knownAt.Value : end;
        if (knownAt is null && figureDays.From is null && entry.Sheet is { } sheet && sheet.AsOf <= day
            && !await HasNewerAsync(entry, sheet.AsOf, day, cancellationToken))
        {
            return entry.On(entry.Rates, sheet, entry.ModifiedAt, end, "");
        }

        var from = figureDays.From ?? day.DaysBefore(RatesLimits.LookBackDays(profile));
        var read = await days.ReadAsync(entry, from, day, knownAt, cancellationToken);
        var figures = SheetMerge.InUse([.. read.SelectMany(one => one.Figures)], profile.Calendar.Cadence);
        if (figures.Count == 0)
        {
            return entry.On(null, null, null, end, $"nothing is stored of {new FigureDays(from, day)}"
                + (knownAt is { } instant ? $" that was known at {instant.ToText()}" : ""));
        }

        var used = figures.Select(figure => figure.AsOf).ToHashSet();
        var fetchedAt = read.Where(one => used.Contains(one.Day)).Max(one => one.FetchedAt);
        return entry.On(new(CrossRates.Of(figures, profile.Pivot)), null, fetchedAt, end, "");
    }

    // A back-fill or an archive may have stored days after the newest publication, which may be one that ships with the product.
    private async Task<bool> HasNewerAsync(ProviderEntry entry, DateOnly newest, DateOnly day, CancellationToken cancellationToken) =>
        newest < day && (await days.ReadAsync(entry, newest.AddDays(1), day, cancellationToken)).Any(one => one.Figures.Count > 0);

    /// <summary>The last moment of the day in the source's time zone; now, when that is still to come.</summary>
    private DateTimeOffset EndOf(DateOnly day, PublicationCalendar calendar)
    {
        var end = LocalTime.Instant(day, TimeOnly.MaxValue, LocalTime.Zone(calendar.Zone));
        return end < time.GetUtcNow() ? end : time.GetUtcNow();
    }

    /// <summary>Identifies past days of a provider in the cache of this class.</summary>
    private readonly record struct DayKey(string Provider, FigureDays Days, SheetVersion Version);

    /// <summary>The rates of a provider on a past day, and until when they are kept.</summary>
    private sealed record CachedDay(ProviderEntry Entry, DateTimeOffset Until);
}
