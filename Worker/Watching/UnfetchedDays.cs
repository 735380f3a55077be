using System.Collections.Concurrent;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Finds the newest day of the rates that apis answer for a provider without a sheet: those of its stored days, or those that ship with the
/// product.
/// </summary>
internal sealed class UnfetchedDays(IHistoryReader history, ShippedSheets shipped)
{
    // Stored days of such a provider change seldom: they are read again when their revision has risen.
    private readonly ConcurrentDictionary<string, (long Revision, DateOnly? Newest)> _stored = new(StringComparer.Ordinal);

    /// <summary>The newest day; null when there are no rates.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<DateOnly?> NewestAsync(ProviderProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revision = await history.ReadHistoryRevisionAsync(profile.Key, cancellationToken);
        var known = _stored.GetValueOrDefault(profile.Key);
        if (known.Revision != revision)
        {
            known = _stored[profile.Key] = (revision, await ReadAsync(profile, now, known.Newest, cancellationToken));
        }

        var ofProduct = shipped.Find(profile.Key)?.AsOf;
        return ofProduct > known.Newest ? ofProduct : known.Newest ?? ofProduct;
    }

    private async Task<DateOnly?> ReadAsync(
        ProviderProfile profile, DateTimeOffset now, DateOnly? before, CancellationToken cancellationToken)
    {
        try
        {
            return (await UnfetchedSheet.ReadAsync(history, profile, now, cancellationToken))?.AsOf ?? before;
        }
        catch (CorruptSheetException)
        {
            // Whoever reads that history is told; apis keep the rates that they have.
            return before;
        }
    }
}
