using System.Globalization;
using Rates.Core;

namespace Rates.Store;

/// <summary>Which sheets are stored, in which version.</summary>
/// <param name="Sheets">Provider to its newest sheet's place in the store's order.</param>
/// <param name="ProvidersRevision">Changes whenever a profile, schedule or health record did; only equality means anything.</param>
public sealed record RateIndex(IReadOnlyDictionary<string, SheetVersion> Sheets, string ProvidersRevision);

/// <summary>A sheet's place in the store's order.</summary>
/// <param name="Epoch">The store's life, <c>ms-random</c>: a new one begins when the store lost its keys. Ordinal order is age.</param>
/// <param name="Version">Rises with every publish within an epoch.</param>
/// <param name="AsOf">The sheet's newest day.</param>
public readonly record struct SheetVersion(string Epoch, long Version, DateOnly AsOf)
{
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

/// <summary>What workers tell readers about a provider.</summary>
/// <param name="Profile">Who it is and when it publishes.</param>
/// <param name="Schedule">When workers ask it.</param>
/// <param name="Health">How the asking goes.</param>
public sealed record StoredProvider(ProviderProfile Profile, ScheduleDefinition? Schedule, ProviderHealth Health);

/// <summary>Where sheets stand in the store's order.</summary>
public static class SheetPlace
{
    /// <summary>The sheet's place.</summary>
    public static SheetVersion Place(this RateSheet sheet) => new(sheet.Epoch, sheet.Version, sheet.AsOf);
}
