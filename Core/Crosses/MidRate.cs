namespace Rates.Core;

/// <summary>Computes the exact middle of a bid and an ask rate.</summary>
public static class MidRate
{
    /// <summary>(bid + ask) / 2, exact up to the 28 digits of a decimal; it may have one decimal place more than the two.</summary>
    public static decimal Of(decimal bid, decimal ask) => (bid + ask) / 2;
}
