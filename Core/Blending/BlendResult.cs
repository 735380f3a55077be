namespace Rates.Core;

/// <summary>One rate of a pair combined from several providers' rates, with the providers that it was made of.</summary>
/// <param name="Rate">The blended rate; null, with a <paramref name="Note"/>, when the witnesses contradict each other.</param>
/// <param name="Newest">The newest day among the figures used.</param>
/// <param name="Oldest">The oldest day among the figures used.</param>
/// <param name="Count">How many independent witnesses were used.</param>
/// <param name="Min">The lowest rate used.</param>
/// <param name="Max">The highest rate used.</param>
/// <param name="Spread">(max - min) / ((max + min) / 2), as a fraction: 0.01 is 1 %.</param>
/// <param name="Providers">Keys in the caller's order: the witnesses, and the providers that belong to the group of a witness.</param>
/// <param name="Outliers">Providers that were left out as outliers; empty for none.</param>
/// <param name="Note">Why there is no rate, or a warning; empty when there is neither.</param>
public sealed record BlendResult(
    decimal? Rate, DateOnly Newest, DateOnly Oldest, int Count, decimal Min, decimal Max, decimal Spread,
    IReadOnlyList<string> Providers, IReadOnlyList<BlendOutlier> Outliers, string Note);

/// <summary>A provider whose rate lay too far from the others and was left out of a combined rate.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Rate">Its rate.</param>
/// <param name="Reason">Why it was left out, as text for people.</param>
public readonly record struct BlendOutlier(string Provider, decimal Rate, string Reason);
