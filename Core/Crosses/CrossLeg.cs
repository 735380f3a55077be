namespace Rates.Core;

/// <summary>One published figure that a cross rate is made of.</summary>
/// <param name="Published">The figure as published.</param>
/// <param name="Inverted">True when it is used as 1 / rate.</param>
public readonly record struct CrossLeg(Observation Published, bool Inverted)
{
    /// <summary>The pair in the direction in which the cross rate uses it.</summary>
    public CurrencyPair Pair => Inverted ? Published.Pair.Inverse : Published.Pair;
}
