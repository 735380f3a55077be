namespace Rates.Core;

/// <summary>How several providers' rates of one pair are combined into one, such as by their median.</summary>
public enum BlendMethod
{
    /// <summary>The first rate in the caller's order.</summary>
    First,

    /// <summary>The middle one; of an even number, the geometric mean of the middle two.</summary>
    Median,

    /// <summary>
    /// The arithmetic mean of the rates that are left after outliers are removed. It is not invertible: the mean of A/B times the mean
    /// of B/A is a little above 1.
    /// </summary>
    Mean,

    /// <summary>The median of the rates that are left after outliers are removed.</summary>
    Consensus,
}
