namespace Rates.Core;

/// <summary>One provider's rate of the pair that is blended.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Independence">Providers of the same group count once; empty stands for the provider's own key.</param>
/// <param name="Rate">Above zero.</param>
/// <param name="AsOf">The day it holds for.</param>
public readonly record struct BlendInput(string Provider, string Independence, decimal Rate, DateOnly AsOf);
