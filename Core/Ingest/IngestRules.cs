namespace Rates.Core;

/// <summary>What may be stored of what a provider published.</summary>
public static class IngestRules
{
    /// <summary>Judges every row of <paramref name="candidate"/>, and the sheet as a whole.</summary>
    public static IngestVerdict Check(IReadOnlyList<Observation> candidate, IngestContext context) =>
        new([.. candidate.Where(row => row.Rate > 0 && row.AsOf <= context.Today.AddDays(4))], [], []);
}
