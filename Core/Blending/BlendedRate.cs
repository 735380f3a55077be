namespace Rates.Core;

/// <summary>What several providers say together.</summary>
/// <param name="Rate">The blended rate; null, with a <paramref name="Note"/>, when the witnesses contradict each other.</param>
/// <param name="AsOf">The oldest day among the figures used.</param>
/// <param name="Count">How many independent witnesses were used.</param>
/// <param name="Min">The lowest rate used.</param>
/// <param name="Max">The highest rate used.</param>
/// <param name="Spread">(max - min) / ((max + min) / 2), as a fraction: 0.01 is 1 %.</param>
/// <param name="Providers">Keys in the caller's order: the witnesses, and those that only repeat a witness of their group.</param>
/// <param name="Outliers">Who was left out, and why.</param>
/// <param name="Note">What a reader must know; empty when all is well.</param>
public sealed record BlendedRate(
    decimal? Rate, DateOnly AsOf, int Count, decimal Min, decimal Max, decimal Spread,
    IReadOnlyList<string> Providers, IReadOnlyList<BlendOutlier> Outliers, string Note);

/// <summary>A provider left out of a blend.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Rate">What it said.</param>
/// <param name="Reason">Why it does not count, for people.</param>
public readonly record struct BlendOutlier(string Provider, decimal Rate, string Reason);
