namespace Rates.Client;

/// <summary>How the service combines the rates of several providers.</summary>
public enum Selection
{
    /// <summary>The rate of the first provider that has one, in the order of the request.</summary>
    First,

    /// <summary>The middle rate; of an even count the geometric mean of the middle two.</summary>
    Median,

    /// <summary>The arithmetic mean; its inverse is not the mean of the inverse pair.</summary>
    Mean,

    /// <summary>The median of the rates that are left without outliers.</summary>
    Consensus,
}
