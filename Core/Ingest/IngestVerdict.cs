namespace Rates.Core;

/// <summary>
/// The result of checking a newly fetched publication: the rates that may be stored, and those that are refused, with reasons.
/// </summary>
/// <param name="Accepted">
/// Rows that may be stored, those that nobody has confirmed marked as unconfirmed; empty when the sheet as a whole is refused.
/// </param>
/// <param name="Refused">Rows that may not be stored, each with its reason.</param>
/// <param name="SheetReasons">Why the sheet as a whole is refused; empty when it is not.</param>
public sealed record IngestVerdict(
    IReadOnlyList<Observation> Accepted, IReadOnlyList<RefusedObservation> Refused, IReadOnlyList<string> SheetReasons)
{
    /// <summary>
    /// Accepted pairs that nobody has confirmed: first figures, and changes of a notable size that no other has followed; empty for none.
    /// </summary>
    public IReadOnlyList<CurrencyPair> Unconfirmed { get; init; } = [];

    /// <summary>
    /// Figures of the previous sheet that were unconfirmed and are confirmed by this publication, or by a witness that has come in the
    /// meantime; empty for none.
    /// </summary>
    public IReadOnlyList<Observation> Confirmed { get; init; } = [];

    /// <summary>
    /// Pairs on which witnesses could change the verdict: refused ones, first figures, and accepted changes of a notable size. When it
    /// is not empty and the context had no witnesses, check again with them.
    /// </summary>
    public IReadOnlyList<CurrencyPair> Doubtful { get; init; } = [];
}

/// <summary>A published rate that may not be stored, with the reason.</summary>
/// <param name="Observation">The row.</param>
/// <param name="Reason">The rule's name (<c>jump</c>, <c>scale</c>, ...), which does not change, then details for people.</param>
public readonly record struct RefusedObservation(Observation Observation, string Reason)
{
    /// <summary>
    /// True when the refusal counts against the source and may later prove wrong; false for a row that is no rate at all: of an
    /// unknown currency, of one outside its life, or under a label that means no rate.
    /// </summary>
    public bool IsFault => FigureRules.IsFault(this);
}
