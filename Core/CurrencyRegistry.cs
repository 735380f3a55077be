namespace Rates.Core;

/// <summary>Which currencies there are and were, with their lives.</summary>
public static class CurrencyRegistry
{
    /// <summary>Every currency, by code.</summary>
    public static IReadOnlyList<CurrencyRecord> All { get; } = [];

    /// <summary>The record of <paramref name="code"/>; null when no such currency is known.</summary>
    public static CurrencyRecord? Find(Currency code) => All.FirstOrDefault(record => record.Code == code);

    /// <summary>Whether the currency is known and lived on <paramref name="day"/>, its first and last day included.</summary>
    public static bool ExistedOn(Currency code, DateOnly day) => Find(code)?.ExistedOn(day) ?? false;

    /// <summary>The currency that a publisher's label meant on a day; false for a label that means none.</summary>
    public static bool TryResolve(string label, DateOnly asOf, out Currency currency) => Currency.TryParse(label, out currency) && Find(currency) is not null;
}
