using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Reads a provider's published rates between two days: those stored as history, and those of its latest publication that are missing
/// there.
/// </summary>
internal sealed class ProviderDayReader(IHistoryReader store)
{
    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/>, both included, that have figures, oldest first.</summary>
    public Task<IReadOnlyList<StoredDay>> ReadAsync(
        ProviderEntry entry, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        ReadAsync(entry, from, to, null, cancellationToken);

    /// <summary>The figures of these days, both included, packed; no more than one day is in memory unpacked.</summary>
    public async Task<PackedFigures> ReadPackedAsync(
        ProviderEntry entry, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (HasCurrent(entry, from, to))
        {
            return new(await ReadAsync(entry, from, to, cancellationToken));
        }

        var packer = new FigurePacker();
        await store.ReadFiguresAsync(entry.Key, from, to, packer.Add, cancellationToken);
        return packer.Pack();
    }

    /// <summary>A number that rises with every change of the provider's stored days.</summary>
    public Task<long> ReadRevisionAsync(string provider, CancellationToken cancellationToken) =>
        store.ReadHistoryRevisionAsync(provider, cancellationToken);

    /// <inheritdoc cref="ReadAsync(ProviderEntry, DateOnly, DateOnly, CancellationToken)"/>
    /// <param name="entry">The provider.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="knownAt">The days as they were known at this instant, which is included; null for as they are known now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<StoredDay>> ReadAsync(
        ProviderEntry entry, DateOnly from, DateOnly to, DateTimeOffset? knownAt, CancellationToken cancellationToken)
    {
        var stored = await store.ReadDaysAsync(entry.Key, from, to, cancellationToken);
        if (knownAt is { } instant)
        {
            stored = [.. stored.Select(day => day.AsKnownAt(instant)).OfType<StoredDay>()];
        }

        if (entry.Sheet is not { } sheet || (!sheet.Seeded && sheet.FetchedAt > knownAt) || !HasCurrent(entry, from, to))
        {
            return stored;
        }

        var days = stored.ToDictionary(day => day.Day);
        foreach (var current in sheet.Observations.Where(figure => figure.AsOf >= from && figure.AsOf <= to).GroupBy(figure => figure.AsOf))
        {
            // Nothing says when rates that ship with the product were fetched: they count as known from the end of their own day.
            if (sheet.Seeded && SourceDay.EndOf(entry.Stored.Profile, current.Key) > knownAt)
            {
                continue;
            }

            var known = days.GetValueOrDefault(current.Key);
            var figures = known?.Figures.Select(Key).ToHashSet() ?? [];
            Observation[] missing = [.. current.Where(figure => !figures.Contains(Key(figure)))];

            // Releases up to 0.2 marked unconfirmed figures in the sheet only.
            Observation[] marked = [.. current.Where(figure => figure.IsUnconfirmed)];
            if (missing.Length > 0 || marked.Length > 0)
            {
                var stand = (known?.Figures ?? []).Select(figure =>
                    Array.Exists(marked, figure.IsSameFigure) ? figure with { IsUnconfirmed = true } : figure);
                days[current.Key] = new(current.Key, known?.FetchedAt ?? sheet.FetchedAt, [.. stand, .. missing])
                {
                    Revisions = known?.Revisions ?? [],
                    IsShipped = sheet.Seeded && missing.Length > 0,
                };
            }
        }

        return [.. days.Values.OrderBy(day => day.Day)];
    }

    // Whether the latest publication has figures of these days.
    private static bool HasCurrent(ProviderEntry entry, DateOnly from, DateOnly to) =>
        entry.Sheet?.Observations.Any(figure => figure.AsOf >= from && figure.AsOf <= to) == true;

    private static (CurrencyPair Pair, RateKind Kind) Key(Observation figure) => (figure.Pair, figure.Kind);
}
