namespace Rates.Core;

/// <summary>
/// Checks newly fetched rates of past days before they are stored: each is compared with those of the days before and after it, and a
/// doubtful one is refused with a reason.
/// </summary>
/// <remarks>
/// Two faults are looked for. A step: from one day on the figures are a power of ten, or the factor of one of the pair's
/// redenominations, away from the level that is known to be right, as after a change of units or of a label, or they are 1 / rate. A
/// spike: a few days that lie apart from the days before and after them, as after a typing error. Real changes of level that stay are
/// no faults. A doubted figure passes when two independent providers confirm it, or when the registry has a redenomination of that
/// factor there.
/// </remarks>
public static class HistoryRules
{
    /// <summary>How many days apart two figures of a source may lie to be compared; its cadence decides.</summary>
    public static int ComparableDays(Cadence cadence) => cadence switch { Cadence.Quarterly => 200, Cadence.Monthly => 100, _ => 31 };

    /// <summary>Judges rows that the ingest rules accepted.</summary>
    /// <param name="rows">Figures of past days, in any order; a pair, kind and day stands once.</param>
    /// <param name="stored">
    /// Stored figures of their days and of the days around them. The confirmed ones nearest to the rows on either side are assumed to be
    /// right.
    /// </param>
    /// <param name="context">
    /// Whose rows they are, and who may confirm them. Its <see cref="IngestContext.EarlierRefused"/> are figures of later days that were
    /// kept aside before: what continues them is kept aside as well.
    /// </param>
    /// <returns>
    /// The rows that may be stored, and those kept aside with their reasons; no reason ever holds for the sheet as a whole. Rows that only
    /// unconfirmed figures stand beside are marked as unconfirmed as well. Witnesses could change the verdict on the doubtful pairs.
    /// </returns>
    public static IngestVerdict Check(IReadOnlyList<Observation> rows, IReadOnlyList<Observation> stored, IngestContext context)
    {
        var neighbours = stored.Where(figure => !figure.IsUnconfirmed).ToLookup(Series);
        var unsure = stored.Where(figure => figure.IsUnconfirmed).ToLookup(Series);
        var aside = context.EarlierRefused.ToLookup(Series);

        // Figures that were kept aside do not count as a second publication of the same level.
        context = context with { EarlierRefused = [] };
        List<RefusedObservation> refused = [];
        HashSet<(CurrencyPair, RateKind)> unconfirmed = [];
        HashSet<CurrencyPair> alone = [];
        foreach (var series in rows.GroupBy(Series))
        {
            var days = new HistorySeriesCheck([.. series.OrderBy(row => row.AsOf)], context);
            refused.AddRange(days.Refuse([.. neighbours[series.Key]], [.. aside[series.Key]]));
            if (days.IsBeside(neighbours[series.Key]))
            {
                if (days.IsApartFrom([.. neighbours[series.Key]]))
                {
                    unconfirmed.Add(series.Key);
                    alone.Add(series.Key.Pair);
                }

                continue;
            }

            if (days.IsBeside(unsure[series.Key]))
            {
                unconfirmed.Add(series.Key);
            }
            else
            {
                alone.Add(series.Key.Pair);
                refused.AddRange(days.RefuseFirst(refused));
            }
        }

        var doubted = refused.Select(row => row.Observation).ToHashSet();
        var accepted = rows.Where(row => !doubted.Contains(row))
            .Select(row => unconfirmed.Contains(Series(row)) ? row with { IsUnconfirmed = true } : row);
        return new([.. accepted], refused, []) { Doubtful = [.. refused.Select(row => row.Observation.Pair).Union(alone)] };
    }

    private static (CurrencyPair Pair, RateKind Kind) Series(Observation row) => (row.Pair, row.Kind);
}
