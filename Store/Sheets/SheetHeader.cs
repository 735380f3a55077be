namespace Rates.Store;

/// <summary>
/// What the store adds to a provider's latest rates when it accepts or confirms them: version, times, and the fetch that they came from.
/// </summary>
/// <param name="Provider">The provider of the sheet.</param>
/// <param name="Epoch">The store's epoch.</param>
/// <param name="Version">The version within the epoch.</param>
/// <param name="PublishedVersion">The version under which its figures were published; confirming them does not change it.</param>
/// <param name="Fence">Of the claim it was written under.</param>
/// <param name="Slot">Of that claim.</param>
/// <param name="CheckedAt">When the source last confirmed it.</param>
/// <param name="NextExpectedAt">When the next publication is due; null for never.</param>
internal readonly record struct SheetHeader(
    string Provider,
    string Epoch,
    long Version,
    long PublishedVersion,
    long Fence,
    DateTimeOffset Slot,
    DateTimeOffset CheckedAt,
    DateTimeOffset? NextExpectedAt);
