using Rates.Core;

namespace Rates.Api;

/// <summary>Finds the currencies that somebody may have meant who typed a name, or a part of one, where a code belongs.</summary>
internal static class CurrencySuggestions
{
    private const int Most = 4;

    /// <summary>Currencies in use whose name holds the text, the one of exactly that name first; empty for none.</summary>
    public static IReadOnlyList<CurrencyRecord> Of(string? text)
    {
        var wanted = text?.Trim() ?? "";
        return wanted.Length < 3 ? [] :
        [
            .. CurrencyRegistry.All
                .Where(one => one.Retired is null && one.Kind == CurrencyKind.Currency
                    && one.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                .OrderBy(one => !one.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                .ThenBy(one => one.Name, StringComparer.Ordinal).Take(Most),
        ];
    }
}
