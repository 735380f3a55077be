namespace Rates.Core;

/// <summary>
/// Rates that are shipped inside the program. A provider's shipped rates are answered, marked as such, until its first fetched rates are
/// published; they also help to confirm those.
/// </summary>
/// <param name="Sheets">At most one per provider, each with <see cref="RateSheet.Seeded"/> set; empty for none.</param>
public sealed record ShippedSheets(IReadOnlyList<RateSheet> Sheets)
{
    /// <summary>No sheets.</summary>
    public static ShippedSheets None { get; } = new([]);

    /// <summary>The sheet of a provider; null when there is none.</summary>
    public RateSheet? Find(string provider) => Sheets.FirstOrDefault(sheet => sheet.Provider == provider);
}
