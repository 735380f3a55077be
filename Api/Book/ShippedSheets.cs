using Rates.Core;

namespace Rates.Api;

/// <summary>Sheets that ship with a product: answered, and marked as what they are, until the provider's first own sheet is stored.</summary>
/// <param name="Sheets">At most one per provider, each with <see cref="RateSheet.Seeded"/> set; empty for none.</param>
public sealed record ShippedSheets(IReadOnlyList<RateSheet> Sheets)
{
    /// <summary>Nothing shipped.</summary>
    public static ShippedSheets None { get; } = new([]);
}
