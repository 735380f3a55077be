namespace Rates.Core;

/// <summary>
/// Sheets that are part of the product. A provider's sheet is answered, marked as shipped, until the provider's first own sheet is
/// published; it also confirms the figures of that first sheet.
/// </summary>
/// <param name="Sheets">At most one per provider, each with <see cref="RateSheet.Seeded"/> set; empty for none.</param>
public sealed record ShippedSheets(IReadOnlyList<RateSheet> Sheets)
{
    /// <summary>No sheets.</summary>
    public static ShippedSheets None { get; } = new([]);

    /// <summary>The sheet of a provider; null when there is none.</summary>
    public RateSheet? Find(string provider) => Sheets.FirstOrDefault(sheet => sheet.Provider == provider);
}
