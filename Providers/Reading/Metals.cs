namespace Rates.Providers;

/// <summary>Holds the weight of a troy ounce in grams. 1 XAU is a troy ounce of gold; several banks publish a price for a gram.</summary>
internal static class Metals
{
    /// <summary>Grams in a troy ounce: 480 grains of 64.79891 mg, cut at the seven decimals that the trade uses.</summary>
    public const decimal GramsPerTroyOunce = 31.1034768m;
}
