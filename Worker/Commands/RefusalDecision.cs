using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Computes a provider's health after an operator released or discarded figures that the ingest rules had refused.</summary>
internal static class RefusalDecision
{
    /// <summary>The health without the figures that were decided about: they no longer wait for anybody.</summary>
    /// <param name="before">The health before the decision.</param>
    /// <param name="decided">The refused sheet.</param>
    /// <param name="waiting">How many refused sheets of the provider still wait for a decision.</param>
    public static ProviderHealth Decided(ProviderHealth before, QuarantinedSheet decided, int waiting)
    {
        var figures = decided.Observations.Select(figure => figure.ToString()).ToHashSet(StringComparer.Ordinal);
        OddRow[] named = [.. before.FirstRefusedRows.Where(row => !figures.Contains(row.Place))];
        return before with
        {
            Quarantined = Math.Min(before.Quarantined, waiting),
            RefusedRows = waiting == 0 ? 0 : named.Length == before.FirstRefusedRows.Count
                ? before.RefusedRows : Math.Max(named.Length, before.RefusedRows - figures.Count),
            FirstRefusedRows = waiting == 0 ? [] : named,
        };
    }

    /// <summary>The health after a release: the figures are marked as released, and nothing holds the provider back.</summary>
    /// <remarks>A release is no fetch: when the source was last asked, and last answered, stays.</remarks>
    public static ProviderHealth Released(ProviderHealth decided, IEnumerable<Observation> figures, string by, DateTimeOffset at) =>
        decided with
        {
            Failures = 0,
            Reason = "",
            NotBefore = null,
            FirstReleasedRows =
            [
                .. figures.Select(figure => new OddRow(figure.ToString(), $"released by {by} at {IsoText.OfSeconds(at)}"))
                    .Concat(decided.FirstReleasedRows).DistinctBy(row => row.Place).Take(FetchRecorder.NamedOddRows),
            ],
        };

    /// <summary>The released figures that a newly published sheet still holds.</summary>
    public static IReadOnlyList<OddRow> StillIn(RateSheet sheet, ProviderHealth before)
    {
        if (before.FirstReleasedRows.Count == 0)
        {
            return [];
        }

        var figures = sheet.Observations.Select(figure => figure.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. before.FirstReleasedRows.Where(row => figures.Contains(row.Place))];
    }
}
