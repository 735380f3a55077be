using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Api;

/// <summary>The unit that an amount to convert is given in: a currency, or a fixed part of one such as pence.</summary>
/// <param name="Code">Its code as answers show it, such as <c>GBP</c> or <c>GBX</c>.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Places">How many times ten divides the currency into this unit: 0 for the currency itself, 2 for a hundredth.</param>
internal readonly record struct AmountUnit(string Code, Currency Currency, int Places)
{
    /// <summary>The currency itself as a unit.</summary>
    public static AmountUnit Of(Currency currency) => new(currency.Code, currency, 0);
}

/// <summary>
/// Finds the minor units that markets quote prices in: pence, South African cents and agorot. Reading one of them as its currency would
/// make an amount a hundred times too large.
/// </summary>
internal static class MinorUnits
{
    private static readonly AmountUnit Pence = new("GBX", Currency.Parse("GBP"), 2);
    private static readonly AmountUnit Cents = new("ZAC", Currency.Parse("ZAR"), 2);
    private static readonly AmountUnit Agorot = new("ILA", Currency.Parse("ILS"), 2);

    // Upper-case codes in any case, and the two with a lower-case last letter exactly as they are written.
    private static readonly FrozenDictionary<string, AmountUnit> ByCode = new[] { Pence, Cents, Agorot }
        .ToFrozenDictionary(unit => unit.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AmountUnit> ByExactCode = new Dictionary<string, AmountUnit>
    {
        ["GBp"] = Pence,
        ["ZAc"] = Cents,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Price feeds write these too, but not all of them mean the same by them, so they are refused rather than converted.
    private static readonly FrozenSet<string> OthersByCase =
        FrozenSet.Create(StringComparer.Ordinal, "BWp", "EUr", "ILs", "KWd", "MWk", "NAd", "SZl", "USd", "ZAr");

    /// <summary>The minor unit with this code; null when it is none.</summary>
    public static AmountUnit? Find(ReadOnlySpan<char> code) =>
        ByExactCode.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var exact) ? exact
        : ByCode.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var unit) ? unit
        : null;

    /// <summary>
    /// True for a code whose small last letter means a minor unit where markets quote prices: read as its currency, an amount would be a
    /// hundred or a thousand times too large. Every other code means the same in capital and small letters.
    /// </summary>
    public static bool IsByCase(ReadOnlySpan<char> code) =>
        ByExactCode.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(code)
        || OthersByCase.GetAlternateLookup<ReadOnlySpan<char>>().Contains(code);

    /// <summary>A code in capitals, but as it is where its case means a minor unit.</summary>
    public static string InCapitals(string code) => IsByCase(code) ? code : code.ToUpperInvariant();
}
