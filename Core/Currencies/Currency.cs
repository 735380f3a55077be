using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Core;

/// <summary>A currency by its three-letter code (ASCII A-Z, as in ISO 4217; metals and the SDR are XAU, XDR and so on).</summary>
/// <remarks>
/// Any three letters make a code; <c>CurrencyRegistry</c> knows whether a currency of that code existed on a day. Digits and letters
/// outside ASCII are refused. The default value is no currency: its text is empty, and it equals only itself.
/// </remarks>
[JsonConverter(typeof(CurrencyJson))]
public readonly record struct Currency : IComparable<Currency>
{
    /// <summary>Number of possible codes; every <see cref="Index"/> is below this.</summary>
    public const int Count = 26 * 26 * 26;

    private readonly ushort _ordinal;

    private Currency(int index) => _ordinal = (ushort)(index + 1);

    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = Parse("EUR");

    /// <summary>The United States dollar.</summary>
    public static Currency Usd { get; } = Parse("USD");

    /// <summary>The IMF's special drawing right, XDR.</summary>
    public static Currency Xdr { get; } = Parse("XDR");

    /// <summary>True for the default value, which is no currency.</summary>
    public bool IsNone => _ordinal == 0;

    /// <summary>Index of the code in AAA..ZZZ, from 0 to <see cref="Count"/> - 1; -1 for the default value.</summary>
    public int Index => _ordinal - 1;

    /// <summary>The upper-case code; empty for the default value.</summary>
    public string Code => IsNone ? "" : string.Create(3, Index, static (span, index) =>
    {
        span[0] = (char)('A' + index / 676);
        span[1] = (char)('A' + index / 26 % 26);
        span[2] = (char)('A' + index % 26);
    });

    /// <summary>The currency at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 to <see cref="Count"/> - 1.</exception>
    public static Currency FromIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new(index);
    }

    /// <summary>Reads three ASCII letters, capital or small.</summary>
    /// <exception cref="FormatException">The text is not a three-letter code; the message quotes it.</exception>
    public static Currency Parse(string text) =>
        TryParse(text, out var currency) ? currency : throw new FormatException($"'{text}' is not a three-letter currency code");

    /// <summary>Reads three ASCII letters, capital or small; false, and the default value, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Currency currency) => TryParse(text.AsSpan(), out currency);

    /// <inheritdoc cref="TryParse(string?, out Currency)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Currency currency)
    {
        currency = default;
        if (text.Length != 3 || !char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]) || !char.IsAsciiLetter(text[2]))
        {
            return false;
        }

        // Lower and upper case differ in bit 5 in ASCII.
        currency = new(((text[0] & ~0x20) - 'A') * 676 + ((text[1] & ~0x20) - 'A') * 26 + ((text[2] & ~0x20) - 'A'));
        return true;
    }

    /// <summary>Alphabetical order.</summary>
    public int CompareTo(Currency other) => _ordinal.CompareTo(other._ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    /// <summary>
    /// The code as JSON text and as a property name. Public because source-generated contexts of other assemblies use it.
    /// </summary>
    public sealed class CurrencyJson : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: > 0 } text ? Of(text) : default;

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Code);

        public override Currency ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Code);

        // The default value is written as an empty text: a provider may have no pivot.
        private static Currency Of(string? text) => TryParse(text, out var currency) || text is ""
            ? currency
            : throw new JsonException($"'{text}' is not a three-letter currency code");
    }
}
