using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Sheets that are part of the program. They are answered, marked as shipped, until the provider's first own sheet is stored.
/// </summary>
/// <param name="Sheets">At most one per provider, each with <see cref="RateSheet.Seeded"/> set; empty for none.</param>
public sealed record ShippedSheets(IReadOnlyList<RateSheet> Sheets)
{
    /// <summary>No shipped sheets.</summary>
    public static ShippedSheets None { get; } = new([]);
}
