namespace Rates.Core;

/// <summary>Decides which rates of a newly fetched publication may be stored; every refused rate gets a reason.</summary>
/// <remarks>
/// Each row is checked alone (<see cref="FigureRules"/>), then with the other figures of its pair and day (<see cref="QuoteRules"/>),
/// then against the current figure (<see cref="ChangeRules"/>); last the sheet as a whole (<see cref="SheetRules"/>). When a sheet is
/// refused as a whole nothing of it is published, and the previous sheet stays in use.
/// </remarks>
public static class IngestRules
{
    /// <summary>Checks every row of <paramref name="candidate"/>, and the sheet as a whole.</summary>
    /// <remarks>
    /// Of equal rows one is kept. A currency against itself at 1 is left out without a reason, because it holds no information. An empty
    /// candidate is no fault: the adapter decides whether a source may publish nothing.
    /// </remarks>
    public static IngestVerdict Check(IReadOnlyList<Observation> candidate, IngestContext context)
    {
        var refused = new List<RefusedObservation>(context.RefusedLabels);
        var rows = new List<Observation>(candidate.Count);
        var reasons = new List<string>();
        foreach (var row in candidate)
        {
            if (FigureRules.Refuse(row, context) is { } reason)
            {
                refused.Add(new(row, reason));
            }
            else if (row.Pair.Base != row.Pair.Quote)
            {
                rows.Add(row);
            }
            else if (row.Rate != 1)
            {
                reasons.Add($"self {row.Pair} is {ReasonText.Of(row.Rate)} on {row.AsOf:yyyy-MM-dd}, not 1");
            }
        }

        rows = QuoteRules.Sift(rows, refused);
        var doubtful = new HashSet<CurrencyPair>();
        var alone = new Dictionary<CurrencyPair, DateOnly>();
        rows = ChangeRules.Sift(rows, context, refused, doubtful, alone);
        var first = FirstFigureRules.Sift(rows, context, refused, doubtful);
        rows = UnconfirmedMarks.Set(rows, first, alone, context.Previous);
        CurrencyPair[] unconfirmed = [.. first.Union(alone.Keys)];
        doubtful.UnionWith(unconfirmed);
        doubtful.UnionWith(refused.Select(refusal => refusal.Observation.Pair));
        reasons.AddRange(SheetRules.Refuse(candidate.Count + context.RefusedLabels.Count, rows, refused, context));
        return new(reasons.Count == 0 ? rows : [], refused, reasons)
        {
            Unconfirmed = unconfirmed,
            Doubtful = [.. doubtful],
            Confirmed = reasons.Count == 0 ? UnconfirmedMarks.Confirmed(rows, context.Previous) : [],
        };
    }
}
