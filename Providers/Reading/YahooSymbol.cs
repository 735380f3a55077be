using Rates.Core;

namespace Rates.Providers;

/// <summary>Parses Yahoo's symbols of currency pairs, such as <c>EURUSD=X</c>.</summary>
internal static class YahooSymbol
{
    /// <summary>
    /// Reads <c>EURUSD=X</c>, or <c>EUR=X</c> for USD/EUR, in capital or small letters; false for anything that is no pair.
    /// </summary>
    public static bool TryPair(string symbol, out CurrencyPair pair)
    {
        pair = default;
        if (symbol.Length is not (5 or 8) || !symbol.EndsWith("=X", StringComparison.OrdinalIgnoreCase)
            || !Currency.TryParse(symbol[^5..^2], out var quote))
        {
            return false;
        }

        var numerator = Currency.Usd;
        if (symbol.Length == 8 && !Currency.TryParse(symbol[..3], out numerator))
        {
            return false;
        }

        pair = new(numerator, quote);
        return true;
    }
}
