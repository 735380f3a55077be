using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// The figures of a provider between two days: those stored as history, and those of its latest sheet that the history lacks, because
/// the sheet is part of the product or the store has lost them.
/// </summary>
internal sealed class ProviderDays(IHistoryReader store)
{
    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/>, both included, that have figures, oldest first.</summary>
    public async Task<IReadOnlyList<StoredDay>> ReadAsync(
        ProviderEntry entry, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var stored = await store.ReadDaysAsync(entry.Key, from, to, cancellationToken);
        if (entry.Sheet is not { } sheet || !sheet.Observations.Any(figure => figure.AsOf >= from && figure.AsOf <= to))
        {
            return stored;
        }

        var days = stored.ToDictionary(day => day.Day);
        foreach (var current in sheet.Observations.Where(figure => figure.AsOf >= from && figure.AsOf <= to).GroupBy(figure => figure.AsOf))
        {
            var known = days.GetValueOrDefault(current.Key);
            var figures = known?.Figures.Select(Key).ToHashSet() ?? [];
            Observation[] missing = [.. current.Where(figure => !figures.Contains(Key(figure)))];
            if (missing.Length > 0)
            {
                days[current.Key] = new(current.Key, known?.FetchedAt ?? sheet.FetchedAt, [.. known?.Figures ?? [], .. missing]);
            }
        }

        return [.. days.Values.OrderBy(day => day.Day)];
    }

    private static (CurrencyPair Pair, RateKind Kind) Key(Observation figure) => (figure.Pair, figure.Kind);
}
