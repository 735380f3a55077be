namespace Rates.Core;

/// <summary>How several providers' rates of one pair become one.</summary>
public enum BlendMethod
{
    /// <summary>The first in the caller's order.</summary>
    First,

    /// <summary>The middle one; of an even number, the mean of the middle two.</summary>
    Median,

    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The median of what is left when outliers are out.</summary>
    Consensus,
}
