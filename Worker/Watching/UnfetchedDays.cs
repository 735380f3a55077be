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
    private readonly ConcurrentDictionary<string, (long Revision, UnfetchedDay? Newest)> _stored = new(StringComparer.Ordinal);

    /// <summary>The newest day; null when there are no rates.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<UnfetchedDay?> NewestAsync(ProviderProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var revision = await history.ReadHistoryRevisionAsync(profile.Key, cancellationToken);
        var known = _stored.GetValueOrDefault(profile.Key);
        if (known.Revision != revision)
        {
            known = _stored[profile.Key] = (revision, await ReadAsync(profile, now, known.Newest, cancellationToken));
        }

        var ofProduct = shipped.Find(profile.Key)?.AsOf;
        return ofProduct is { } day && !(known.Newest?.AsOf > day) ? new(day, StoredAt: null) : known.Newest;
    }

    private async Task<UnfetchedDay?> ReadAsync(
        ProviderProfile profile, DateTimeOffset now, UnfetchedDay? before, CancellationToken cancellationToken)
    {
        try
        {
            return await UnfetchedSheet.ReadAsync(history, profile, now, cancellationToken) is { } sheet
                ? new(sheet.AsOf, sheet.FetchedAt)
                : before;
        }
        catch (CorruptSheetException)
        {
            // Whoever reads that history is told; apis keep the rates that they have.
            return before;
        }
    }
}

/// <summary>The newest day of the rates of a provider without a sheet.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="StoredAt">When the last of its figures was fetched; null for rates that ship with the product.</param>
internal readonly record struct UnfetchedDay(DateOnly AsOf, DateTimeOffset? StoredAt);
