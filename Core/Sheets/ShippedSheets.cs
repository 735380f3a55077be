namespace Rates.Core;

/// <summary>
/// Rates that are shipped inside the program. A provider's shipped rates are answered, marked as such, until its first fetched rates are
/// published; they also help to confirm those.
/// </summary>
/// <param name="Sheets">At most one per provider, each with <see cref="RateSheet.Seeded"/> set; empty for none.</param>
public sealed record ShippedSheets(IReadOnlyList<RateSheet> Sheets)
{
    /// <summary>
    /// What the providers of the sheets are, by key, under the settings of this machine. One that is missing is not described until a
    /// worker does it.
    /// </summary>
    public IReadOnlyDictionary<string, ProviderProfile> Profiles { get; init; } = new Dictionary<string, ProviderProfile>();

    /// <summary>No sheets.</summary>
    public static ShippedSheets None { get; } = new([]);

    /// <summary>The sheet of a provider; null when there is none.</summary>
    public RateSheet? Find(string provider) => Sheets.FirstOrDefault(sheet => sheet.Provider == provider);
}
