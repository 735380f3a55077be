namespace Rates.Core;

/// <summary>What may be stored of what a provider published: one predicate per rule, one reason per refusal.</summary>
/// <remarks>
/// Rows are judged by themselves (<see cref="FigureRules"/>), then beside the other figures of their pair and day
/// (<see cref="QuoteRules"/>), then against what stands (<see cref="ChangeRules"/>); last the sheet as a whole
/// (<see cref="SheetRules"/>). A sheet refused as a whole publishes nothing: what stands keeps standing, with its own age.
/// </remarks>
public static class IngestRules
{
    /// <summary>Judges every row of <paramref name="candidate"/>, and the sheet as a whole.</summary>
    /// <remarks>
    /// A row accepted twice over with the same figure is kept once, and a currency against itself at 1 is left out without a
    /// word: both say nothing. An empty candidate is no fault here; the adapter decides whether a source may be silent.
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
                reasons.Add($"self {row.Pair} is {Text.Of(row.Rate)} on {row.AsOf:yyyy-MM-dd}, not 1");
            }
        }

        rows = QuoteRules.Sift(rows, refused);
        rows = ChangeRules.Sift(rows, context, refused);
        reasons.AddRange(SheetRules.Refuse(candidate.Count + context.RefusedLabels.Count, rows, refused, context));
        return new(reasons.Count == 0 ? rows : [], refused, reasons);
    }
}
