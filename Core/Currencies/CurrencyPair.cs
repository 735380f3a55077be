using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>
/// A pair of currencies. Its rate means: 1 <paramref name="Base"/> = rate <paramref name="Quote"/>. Its text is <c>EUR/USD</c>.
/// </summary>
[JsonConverter(typeof(CurrencyPairJson))]
public readonly record struct CurrencyPair(Currency Base, Currency Quote) : IComparable<CurrencyPair>
{
    /// <summary>The pair with base and quote exchanged; its rate is 1 / rate.</summary>
    public CurrencyPair Inverse => new(Quote, Base);

    /// <summary>Reads <c>EUR/USD</c>, in capital or small letters.</summary>
    /// <exception cref="FormatException">The text is not such a pair; the message quotes it.</exception>
    public static CurrencyPair Parse(string text) =>
        TryParse(text, out var pair) ? pair : throw new FormatException($"'{text}' is not a currency pair such as EUR/USD");

    /// <summary>Reads <c>EUR/USD</c>, in capital or small letters; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CurrencyPair pair) => TryParse(text.AsSpan(), out pair);

    /// <inheritdoc cref="TryParse(string?, out CurrencyPair)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out CurrencyPair pair)
    {
        pair = default;
        if (text.Length != 7 || text[3] != '/'
            || !Currency.TryParse(text[..3], out var numerator) || !Currency.TryParse(text[4..], out var quote))
        {
            return false;
        }

        pair = new(numerator, quote);
        return true;
    }

    /// <summary>Orders by base, then by quote, alphabetically.</summary>
    public int CompareTo(CurrencyPair other) => Base.CompareTo(other.Base) is var order and not 0 ? order : Quote.CompareTo(other.Quote);

    /// <summary>The pair as text, such as <c>EUR/USD</c>.</summary>
    public override string ToString() => $"{Base.Code}/{Quote.Code}";

    /// <summary>The pair as JSON text. Public because source-generated contexts of other assemblies use it.</summary>
    public sealed class CurrencyPairJson : JsonConverter<CurrencyPair>
    {
        public override CurrencyPair Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var pair) ? pair : throw new JsonException("not a currency pair such as EUR/USD");

        public override void Write(Utf8JsonWriter writer, CurrencyPair value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
