namespace Rates.Store;

/// <summary>
/// The list of the bodies that a published sheet, or the days that a back-fill stored, were read from, with the request that asked for
/// them.
/// </summary>
/// <param name="Provider">The provider.</param>
/// <param name="Epoch">The epoch of the sheet; empty for a back-fill.</param>
/// <param name="Version">The version of the sheet; for a back-fill the instant of <c>FetchedAt</c>, Unix milliseconds.</param>
/// <param name="FetchedAt">When it was fetched, UTC.</param>
/// <param name="From">First day that was requested.</param>
/// <param name="To">Last day that was requested.</param>
/// <param name="Today">The day of the fetch in the source's time zone.</param>
/// <param name="Bodies">The answers, in the order in which they came.</param>
public sealed record SheetEvidence(
    string Provider,
    string Epoch,
    long Version,
    DateTimeOffset FetchedAt,
    DateOnly From,
    DateOnly To,
    DateOnly Today,
    IReadOnlyList<EvidenceBody> Bodies)
{
    /// <summary>True for days of the past that a back-fill stored; false for a published sheet.</summary>
    public bool IsBackfill { get; init; }
}
