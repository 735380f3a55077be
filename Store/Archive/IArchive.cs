namespace Rates.Store;

/// <summary>
/// Reads everything that was published, in its stored form, for an export, and stores what was exported: for backup and for moving to
/// another store.
/// </summary>
/// <exception cref="StoreUnavailableException">Every member throws it when the store did not answer within its deadline.</exception>
public interface IArchive
{
    /// <summary>Every provider that has a sheet or is known by a profile, in order of its key.</summary>
    Task<IReadOnlyList<string>> ReadArchivedProvidersAsync(CancellationToken cancellationToken);

    /// <summary>The stored days of one year, with their revisions, oldest first.</summary>
    Task<IReadOnlyList<ArchivedDay>> ReadArchivedDaysAsync(string provider, int year, CancellationToken cancellationToken);

    /// <summary>The stored form of the provider's sheet, with its epoch, version and digests; null when there is none.</summary>
    Task<string?> ReadArchivedSheetAsync(string provider, CancellationToken cancellationToken);

    /// <summary>
    /// Lays archived days over what is stored of them: the figures fetched last are in force, what they replace becomes a revision, and
    /// every revision of both is kept. Doing it again changes nothing. Returns how many days changed.
    /// </summary>
    /// <exception cref="FormatException">One of them is not the stored form of a day; none was stored.</exception>
    Task<int> RestoreDaysAsync(string provider, IReadOnlyList<ArchivedDay> days, CancellationToken cancellationToken);

    /// <summary>
    /// Puts an archived sheet back, with its epoch and version, unless the stored one is as new. Returns whether it was put back.
    /// </summary>
    /// <exception cref="CorruptSheetException">It is not a whole sheet of that provider.</exception>
    Task<bool> RestoreSheetAsync(string provider, string sheet, CancellationToken cancellationToken);
}

/// <summary>One day of a provider's history in its stored form, as an export holds it.</summary>
/// <param name="Day">The day.</param>
/// <param name="Json">Its figures and revisions.</param>
public sealed record ArchivedDay(DateOnly Day, string Json);
