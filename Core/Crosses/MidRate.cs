namespace Rates.Core;

/// <summary>The middle of two sides.</summary>
public static class MidRate
{
    /// <summary>(bid + ask) / 2: exact, with one digit more than the sides where it takes one (up to the 28 digits of a decimal).</summary>
    public static decimal Of(decimal bid, decimal ask) => (bid + ask) / 2;
}
