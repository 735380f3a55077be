namespace Rates.Core;

/// <summary>A rate as one provider's figures of one day give it: published, turned round, or multiplied along a path.</summary>
/// <param name="Pair">What it is the rate of: 1 base = <paramref name="Rate"/> quote.</param>
/// <param name="Rate">With the published digits where published in this direction.</param>
/// <param name="AsOf">The one day that all legs hold for.</param>
/// <param name="Kind">The legs' common kind (a bid turned round is an ask); of mixed legs, the one furthest down in <see cref="RateKind"/>, where that is no side.</param>
/// <param name="Legs">The published figures it is made of, in the order travelled; empty for a currency against itself.</param>
public sealed record CrossRate(CurrencyPair Pair, decimal Rate, DateOnly AsOf, RateKind Kind, IReadOnlyList<CrossLeg> Legs)
{
    /// <summary>True when the figure was not published in this direction.</summary>
    public bool IsDerived => Legs is not [{ Inverted: false }];

    /// <summary>The way travelled, such as <c>EUR/CAD, CAD/USD</c>; empty for a currency against itself.</summary>
    public string Path => string.Join(", ", Legs.Select(leg => leg.Pair));
}
