using System.Collections.Concurrent;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Keeps in memory the years of stored rates that were read lately. Reading a year from the store costs a hundred times as much as reading
/// it here.
/// </summary>
/// <remarks>At most 64 MB; above that the years used longest ago are dropped. A year is read again after a minute, as a backfill may
/// change it, and immediately when its provider has a new sheet.</remarks>
internal sealed class HistoryYearCache(ProviderDayReader stored, TimeProvider time)
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Provider, int Year), Kept> _years = new();
    private long _bytes;

    /// <summary>The figures of one provider and year.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<PackedFigures> ReadAsync(ProviderEntry entry, int year, CancellationToken cancellationToken)
    {
        var version = SheetVersion.Of(entry.Sheet);
        var now = time.GetUtcNow();
        if (_years.TryGetValue((entry.Key, year), out var kept) && kept.Version == version && kept.Until > now)
        {
            kept.UsedAt = now;
            return kept.Figures;
        }

        var days = await stored.ReadAsync(entry, new(year, 1, 1), new(year, 12, 31), cancellationToken);
        var figures = new PackedFigures(days);
        Keep((entry.Key, year), new(figures, version, now + CacheTime) { UsedAt = now });
        return figures;
    }

    private void Keep((string Provider, int Year) key, Kept year)
    {
        if (_years.TryRemove(key, out var before))
        {
            Interlocked.Add(ref _bytes, -before.Figures.Bytes);
        }

        if (_years.TryAdd(key, year) && Interlocked.Add(ref _bytes, year.Figures.Bytes) > MaxBytes)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        foreach (var (key, year) in _years.ToArray().OrderBy(year => year.Value.UsedAt))
        {
            if (Interlocked.Read(ref _bytes) <= MaxBytes / 2)
            {
                return;
            }

            if (_years.TryRemove(new(key, year)))
            {
                Interlocked.Add(ref _bytes, -year.Figures.Bytes);
            }
        }
    }

    /// <summary>A year of stored rates in memory, with the time until which it may be used.</summary>
    private sealed record Kept(PackedFigures Figures, SheetVersion Version, DateTimeOffset Until)
    {
        public DateTimeOffset UsedAt { get; set; }
    }
}
