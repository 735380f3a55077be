using System.Collections.Concurrent;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Keeps in memory the years of stored rates that were read lately. Reading a year from the store costs a hundred times as much as reading
/// it here.
/// </summary>
/// <remarks>
/// At most 64 MB; above that the years used longest ago are dropped. A year is read again when its provider has a new sheet or a new
/// revision of its history; after a minute where the store has no revision, because no worker of this release has written to it.
/// </remarks>
internal sealed class HistoryYearCache(ProviderDayReader stored, TimeProvider time)
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan RevisionTime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Provider, int Year), Kept> _years = new();
    private readonly ConcurrentDictionary<string, (long Revision, DateTimeOffset Until)> _revisions = new();
    private long _bytes;

    /// <summary>The figures of one provider and year.</summary>
    /// <param name="entry">The provider.</param>
    /// <param name="year">The year.</param>
    /// <param name="keeps">False not to keep the year in memory, where so many are read that each would drive out another.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<PackedFigures> ReadAsync(ProviderEntry entry, int year, bool keeps, CancellationToken cancellationToken)
    {
        // Read before the days, so that a change between the two is read again rather than missed.
        var version = await VersionAsync(entry, cancellationToken);
        var now = time.GetUtcNow();
        if (_years.TryGetValue((entry.Key, year), out var kept) && kept.Version.IsUsable(version, kept.MadeAt, now))
        {
            kept.UsedAt = now;
            return kept.Figures;
        }

        var figures = await stored.ReadPackedAsync(entry, new(year, 1, 1), new(year, 12, 31), cancellationToken);
        if (keeps)
        {
            Keep((entry.Key, year), new(figures, version, now) { UsedAt = now });
        }

        return figures;
    }

    /// <summary>The state of a provider's stored days; its revision is at most a second old.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<HistoryVersion> VersionAsync(ProviderEntry entry, CancellationToken cancellationToken) =>
        new(SheetVersion.Of(entry.Sheet), await RevisionAsync(entry.Key, cancellationToken));

    /// <summary>The revision of a provider's history, at most a second old.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<long> RevisionAsync(string provider, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_revisions.TryGetValue(provider, out var known) && known.Until > now)
        {
            return known.Revision;
        }

        var revision = await stored.ReadRevisionAsync(provider, cancellationToken);
        _revisions[provider] = (revision, now + RevisionTime);
        return revision;
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

    /// <summary>A year of stored rates in memory, with what it was made of.</summary>
    private sealed record Kept(PackedFigures Figures, HistoryVersion Version, DateTimeOffset MadeAt)
    {
        public DateTimeOffset UsedAt { get; set; }
    }
}
