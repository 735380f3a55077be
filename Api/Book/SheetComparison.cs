using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Compares the figures of two sheets. Their versions cannot be compared for that: the store gives a sheet a new version also when its
/// source only confirmed it.
/// </summary>
internal static class SheetComparison
{
    /// <summary>True when both sheets have the same figures from the same fetch.</summary>
    public static bool IsSame(RateSheet? a, RateSheet? b) => ReferenceEquals(a, b)
        || (a is not null && b is not null
            && a.FetchedAt == b.FetchedAt && a.AsOf == b.AsOf && a.PublishedAt == b.PublishedAt && a.Source == b.Source
            && a.Revised == b.Revised && a.Seeded == b.Seeded && a.Observations.SequenceEqual(b.Observations));
}
