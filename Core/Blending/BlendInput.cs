namespace Rates.Core;

/// <summary>One provider's rate of a pair, to be combined with those of others into one rate.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Independence">Independence group: providers of one group count once. Empty means the provider's own key.</param>
/// <param name="Rate">Quote units for 1 base unit; above zero.</param>
/// <param name="AsOf">The day the rate holds for.</param>
public readonly record struct BlendInput(string Provider, string Independence, decimal Rate, DateOnly AsOf);
