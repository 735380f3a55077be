using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Tells whether the rates of two sheets (a provider's latest rates, before and after an update) differ. Their versions cannot tell: the
/// store gives a sheet a new version also when its source only confirmed it.
/// </summary>
internal static class SheetComparison
{
    /// <summary>True when both sheets have the same figures from the same fetch.</summary>
    public static bool IsSame(RateSheet? a, RateSheet? b) => ReferenceEquals(a, b)
        || (a is not null && b is not null
            && a.FetchedAt == b.FetchedAt && a.AsOf == b.AsOf && a.PublishedAt == b.PublishedAt && a.Source == b.Source
            && a.Revised == b.Revised && a.Seeded == b.Seeded && a.Observations.SequenceEqual(b.Observations));
}
