namespace Rates.Core;

/// <summary>
/// One provider's rate of any pair on one day (the published one, its inverse, or a cross of several) with the published rates that it is
/// made of.
/// </summary>
/// <param name="Pair">The pair: 1 base = <paramref name="Rate"/> quote.</param>
/// <param name="Rate">Above zero; with the published digits when the pair was published in this direction, else unrounded.</param>
/// <param name="AsOf">The one day that all legs hold for.</param>
/// <param name="Kind">
/// The common kind of the legs (an inverted bid is an ask). For legs of several kinds the one that comes last in
/// <see cref="RateKind"/>, and mid when that one is a bid or an ask.
/// </param>
/// <param name="Legs">The published figures, in order from base to quote; empty for a currency against itself.</param>
public sealed record CrossRate(CurrencyPair Pair, decimal Rate, DateOnly AsOf, RateKind Kind, IReadOnlyList<CrossLeg> Legs)
{
    /// <summary>True when the figure was not published in this direction; false of a currency against itself.</summary>
    public bool IsDerived => Legs is not ([] or [{ Inverted: false }]);

    /// <summary>True when it is made of a figure that nobody has confirmed.</summary>
    public bool IsUnconfirmed => Legs.Any(leg => leg.Published.IsUnconfirmed);

    /// <summary>The pairs of the legs, such as <c>EUR/CAD, CAD/USD</c>; empty for a currency against itself.</summary>
    public string Path => string.Join(", ", Legs.Select(leg => leg.Pair));
}
