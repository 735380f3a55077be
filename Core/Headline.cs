namespace Rates.Core;

/// <summary>The one figure per pair and day that answers "the rate".</summary>
public static class Headline
{
    /// <summary>The headline among figures of one pair and day; null when there is none.</summary>
    public static Observation? Of(IEnumerable<Observation> samePairAndDay) => samePairAndDay.Cast<Observation?>().FirstOrDefault();

    /// <summary>The headline of every pair and day of the sheet.</summary>
    public static IReadOnlyList<Observation> Of(RateSheet sheet) => sheet.Observations;
}
