namespace Rates.Core;

/// <summary>Measures how far two rates of one pair lie apart, whichever of them is the larger.</summary>
internal static class RateChange
{
    /// <summary>The larger divided by the smaller. Both must be above zero.</summary>
    public static decimal Ratio(decimal one, decimal other) => Math.Max(one, other) / Math.Min(one, other);

    /// <summary>
    /// Whether the two differ by more than <paramref name="limit"/>, a fraction of the lower, whatever rounding did to both.
    /// </summary>
    public static bool IsBeyond(decimal one, decimal other, decimal limit)
    {
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return high - Precision.HalfUnit(high) > (low + Precision.HalfUnit(low)) * (1 + limit);
    }
}
