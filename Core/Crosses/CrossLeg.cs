namespace Rates.Core;

/// <summary>One published figure on the way of a cross rate.</summary>
/// <param name="Published">The figure as published.</param>
/// <param name="Inverted">True when it is used as 1 / rate.</param>
public readonly record struct CrossLeg(Observation Published, bool Inverted)
{
    /// <summary>The pair in the direction travelled.</summary>
    public CurrencyPair Pair => Inverted ? Published.Pair.Inverse : Published.Pair;
}
