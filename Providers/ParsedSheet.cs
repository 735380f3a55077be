using Rates.Core;

namespace Rates.Providers;

/// <summary>The result of reading one answer of a source: its rates, and the rows that cannot be read.</summary>
/// <param name="Observations">The figures, as published. Empty when the source says that it has none, or when its only row is odd.</param>
/// <param name="OddRows">The rows that cannot be read, in the order of the answer. Their figures are not among the observations.</param>
/// <param name="RowCount">All rows of the answer, the odd ones included.</param>
public sealed record ParsedSheet(IReadOnlyList<Observation> Observations, IReadOnlyList<OddRow> OddRows, int RowCount);
