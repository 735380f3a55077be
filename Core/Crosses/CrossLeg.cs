namespace Rates.Core;

/// <summary>
/// One published rate, perhaps inverted, that a rate of another pair is computed from: EUR/GBP from EUR/USD and USD/GBP has two such legs.
/// </summary>
/// <param name="Published">The figure as published.</param>
/// <param name="Inverted">True when it is used as 1 / rate.</param>
public readonly record struct CrossLeg(Observation Published, bool Inverted)
{
    /// <summary>The pair in the direction in which the cross rate uses it.</summary>
    public CurrencyPair Pair => Inverted ? Published.Pair.Inverse : Published.Pair;
}
