namespace Rates.Store;

/// <summary>
/// The list of the original documents that one publication's rates were read from, with the requests that asked for them.
/// </summary>
/// <param name="Provider">The provider.</param>
/// <param name="Epoch">The epoch of the sheet.</param>
/// <param name="Version">The version of the sheet.</param>
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
    IReadOnlyList<EvidenceBody> Bodies);
