using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// The figures of a provider between two days: those stored as history, and those of its latest sheet that the history lacks, because
/// the sheet is part of the product or the store has lost them.
/// </summary>
internal sealed class ProviderDays(IHistoryReader store)
{
    /// <summary>The figures from <paramref name="from"/> to <paramref name="to"/>, both included, oldest day first.</summary>
    public async Task<IReadOnlyList<Observation>> ReadAsync(
        ProviderEntry entry, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var stored = await store.ReadHistoryAsync(entry.Key, from, to, cancellationToken);
        Observation[] current = [.. (entry.Sheet?.Observations ?? []).Where(figure => figure.AsOf >= from && figure.AsOf <= to)];
        if (current.Length == 0)
        {
            return stored;
        }

        var known = stored.Select(Key).ToHashSet();
        Observation[] missing = [.. current.Where(figure => !known.Contains(Key(figure)))];
        return missing.Length == 0 ? stored : [.. stored.Concat(missing).OrderBy(figure => figure.AsOf)];
    }

    private static (CurrencyPair Pair, RateKind Kind, DateOnly AsOf) Key(Observation figure) => (figure.Pair, figure.Kind, figure.AsOf);
}
