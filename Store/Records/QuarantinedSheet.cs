using Rates.Core;

namespace Rates.Store;

/// <summary>A publication whose rates were refused by the checks, kept for an operator's decision.</summary>
/// <param name="Id">Unique within the provider.</param>
/// <param name="At">When it was fetched, UTC.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Slot">The slot of the fetch.</param>
/// <param name="Reasons">Why it was refused, one line each, at least one.</param>
/// <param name="Excerpt">The first 2 KiB of the refused body.</param>
/// <param name="Observations">The refused figures; empty when the body could not be read.</param>
public sealed record QuarantinedSheet(
    string Id,
    DateTimeOffset At,
    string Provider,
    DateTimeOffset Slot,
    IReadOnlyList<string> Reasons,
    string Excerpt,
    IReadOnlyList<Observation> Observations);
