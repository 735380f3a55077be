using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads pairs that sources write as two codes without anything in between, such as <c>EURUSD</c>.</summary>
internal static class SixLetters
{
    /// <summary>The pair.</summary>
    /// <exception cref="FormatException">It is not two three-letter codes.</exception>
    public static CurrencyPair Pair(string text) => text.Length == 6
        ? new(Currency.Parse(text[..3]), Currency.Parse(text[3..]))
        : throw new FormatException($"'{text}' is not a pair such as EURUSD");
}
