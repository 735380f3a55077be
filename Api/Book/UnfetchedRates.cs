using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Finds the latest rates of providers that have no sheet in the store yet: those of the newest stored days, where a back-fill or an
/// imported archive came before the first fetch. Without it such providers would stay on the rates that ship with the product.
/// </summary>
/// <remarks>
/// The store is only read, so no claim is needed. What is found has version numbers without an epoch: the first sheet that a worker
/// publishes is later than it.
/// </remarks>
internal sealed class UnfetchedRates(IHistoryReader history)
{
    // A look costs one small read for each provider that was never fetched.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset _nextLook;

    /// <summary>
    /// Replaces the entries of such providers by ones with the newest stored days, where these are newer and confirmed. Looks
    /// every ten seconds.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task ReadAsync(
        RateIndex index, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now < _nextLook)
        {
            return;
        }

        ProviderEntry[] unfetched =
            [.. entries.Values.Where(entry => !index.Sheets.ContainsKey(entry.Key) && entry.Sheet is not { Epoch.Length: > 0 })];
        if (unfetched.Length > 0)
        {
            await ReadAsync(unfetched, entries, now, cancellationToken);
        }

        _nextLook = now + Interval;
    }

    private async Task ReadAsync(
        ProviderEntry[] unfetched, Dictionary<string, ProviderEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revisions = await Task.WhenAll(unfetched.Select(entry => history.ReadHistoryRevisionAsync(entry.Key, cancellationToken)));
        foreach (var (entry, revision) in unfetched.Zip(revisions).Where(one => one.Second != _seen.GetValueOrDefault(one.First.Key)))
        {
            if (await NewestAsync(entry, now, cancellationToken) is { } sheet)
            {
                entries[entry.Key] = StoreChangeReader.Entry(
                    entry, entry.Stored, sheet with { Version = revision }, entry.StoreFault, now, isStart: false);
            }

            _seen[entry.Key] = revision;
        }
    }

    // Null when nothing is newer than what the entry has.
    private async Task<RateSheet?> NewestAsync(ProviderEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var sheet = await UnfetchedSheet.ReadAsync(history, entry.Stored.Profile, now, cancellationToken);
            return sheet is null || sheet.AsOf < entry.Sheet?.AsOf
                || (entry.Sheet is { Seeded: true } shipped && sheet.AsOf == shipped.AsOf) ? null : sheet;
        }
        catch (CorruptSheetException)
        {
            // Whoever reads that history is told; the rates that there are stay.
            return null;
        }
    }
}
