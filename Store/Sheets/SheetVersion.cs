using System.Globalization;
using Rates.Core;

namespace Rates.Store;

/// <summary>The version of a provider's latest rates; tells which of two is the newer one.</summary>
/// <param name="Epoch">
/// The store's epoch, <c>ms-random</c>: a new one begins when the store has lost its keys. Epochs sort by age in ordinal order.
/// </param>
/// <param name="Version">Rises with every publish within an epoch.</param>
/// <param name="AsOf">The sheet's newest day.</param>
public readonly record struct SheetVersion(string Epoch, long Version, DateOnly AsOf)
{
    /// <summary>The version of <paramref name="sheet"/>; the default, which is older than any other, for null.</summary>
    public static SheetVersion Of(RateSheet? sheet) => sheet is null ? default : new(sheet.Epoch, sheet.Version, sheet.AsOf);

    /// <summary>
    /// The version under which <paramref name="sheet"/> was published: its source confirming it does not change it. The default for null.
    /// </summary>
    public static SheetVersion PublishedOf(RateSheet? sheet) =>
        sheet is null ? default : new(sheet.Epoch, sheet.PublishedVersion, sheet.AsOf);

    /// <summary>The latest of some versions; the default, which is older than any other, for none.</summary>
    public static SheetVersion Newest(IEnumerable<SheetVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return versions.Aggregate(default(SheetVersion), (one, other) => other.IsAfter(one) ? other : one);
    }

    /// <summary>True when this comes after <paramref name="other"/>: a later epoch, or a higher version of the same.</summary>
    public bool IsAfter(SheetVersion other) =>
        string.CompareOrdinal(Epoch, other.Epoch) is var order && (order > 0 || (order == 0 && Version > other.Version));

    /// <summary>Reads the form of the index, <c>epoch|version|asOf</c>; false for anything else.</summary>
    internal static bool TryParse(string text, out SheetVersion version)
    {
        version = default;
        if (text.Split('|') is not [var epoch, var number, var day]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !IsoText.TryParseDay(day, out var asOf))
        {
            return false;
        }

        version = new(epoch, count, asOf);
        return true;
    }
}
