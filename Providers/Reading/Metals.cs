namespace Rates.Providers;

/// <summary>Metals are codes per troy ounce; several banks publish them per gram.</summary>
internal static class Metals
{
    /// <summary>Grams in a troy ounce: 480 grains of 64.79891 mg, cut at the seven decimals that the trade uses.</summary>
    public const decimal GramsPerTroyOunce = 31.1034768m;
}
