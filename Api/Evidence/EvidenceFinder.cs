using System.Collections.Concurrent;
using Rates.Store;

namespace Rates.Api;

/// <summary>Finds the evidence (the original documents) of a sheet, also where its source has confirmed the sheet since.</summary>
/// <remarks>
/// Each confirmation by the source raises the version of a sheet, and an api that starts later prints the raised one: its figures are still
/// those that were fetched at the same instant, under an earlier version.
/// </remarks>
/// <param name="evidence">Null in a host without a store.</param>
/// <param name="current">Has the newest sheet of each provider.</param>
/// <param name="time">The clock.</param>
internal sealed class EvidenceFinder(IEvidence? evidence, CurrentBook current, TimeProvider time)
{
    private static readonly TimeSpan RememberTime = TimeSpan.FromMinutes(1);

    // By provider: the last raised version that was asked for, and the one under which its evidence is stored, null for none. To list all
    // that is stored takes long, and a page asks for every provider each time.
    private readonly ConcurrentDictionary<string, (long Asked, long? Stored, DateTimeOffset Until)> _raised = new(StringComparer.Ordinal);

    /// <summary>The evidence of a sheet; null when none is stored, or no longer.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="version">The version of the sheet, as answers print it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentException">No provider has such a key.</exception>
    /// <exception cref="InvalidDataException">What is stored was changed.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async Task<SheetEvidence?> FindAsync(string provider, long version, CancellationToken cancellationToken)
    {
        if (evidence is null)
        {
            return null;
        }

        if (await evidence.ReadAsync(provider, version, cancellationToken) is { } exact)
        {
            return exact;
        }

        if (current.Book.Find(provider)?.Sheet is not { Seeded: false } sheet || version > sheet.Version)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_raised.TryGetValue(provider, out var known) && known.Asked == version && known.Until > now)
        {
            return known.Stored is { } stored ? await evidence.ReadAsync(provider, stored, cancellationToken) : null;
        }

        var found = (await evidence.ListAsync(provider, cancellationToken)).LastOrDefault(
            one => !one.IsBackfill && one.FetchedAt == sheet.FetchedAt && one.Version < version);
        _raised[provider] = (version, found?.Version, now + RememberTime);
        return found;
    }
}
