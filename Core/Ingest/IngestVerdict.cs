namespace Rates.Core;

/// <summary>What may be stored of a candidate sheet.</summary>
/// <param name="Accepted">What may be stored; empty when the sheet as a whole is refused.</param>
/// <param name="Refused">Rows that may not, each with its reason.</param>
/// <param name="SheetReasons">Why the sheet as a whole is refused; empty when it is not.</param>
public sealed record IngestVerdict(
    IReadOnlyList<Observation> Accepted, IReadOnlyList<RefusedObservation> Refused, IReadOnlyList<string> SheetReasons);

/// <summary>A row that may not be stored.</summary>
/// <param name="Observation">The row.</param>
/// <param name="Reason">Starts with a stable word (<c>jump</c>, <c>scale</c>, ...), then says the rest for people.</param>
public readonly record struct RefusedObservation(Observation Observation, string Reason);
