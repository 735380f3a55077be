namespace Rates.Providers.Reading;

/// <summary>The unit that metals are stored per.</summary>
internal static class TroyOunce
{
    /// <summary>Grams in one troy ounce: what a figure per gram is multiplied by.</summary>
    public const decimal Grams = 31.1034768m;
}
