using Rates.Core;

namespace Rates.Api;

/// <summary>A currency and the providers that have it, as <c>/v1/currencies</c> answers it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Numeric">Its ISO 4217 number; left out where it has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: <c>currency</c>, <c>metal</c>, <c>unit</c> or <c>crypto</c>.</param>
/// <param name="MinorDigits">Decimal places of its smallest unit.</param>
/// <param name="Born">First day of its life; left out when it is not recorded.</param>
/// <param name="Retired">Last day of its life; left out while it is in use.</param>
/// <param name="Successor">Code of the currency that replaced it; left out when none did.</param>
/// <param name="Providers">Keys of the providers that have rates of it now.</param>
internal sealed record CurrencyView(
    string Code, string? Numeric, string Name, CurrencyKind Kind, int MinorDigits, string? Born, string? Retired, string? Successor,
    IReadOnlyList<string> Providers)
{
    /// <summary>Makes the view of a registered currency.</summary>
    public static CurrencyView Of(CurrencyRecord record, IReadOnlyList<string> providers) => new(
        record.Code.Code,
        record.Numeric is { Length: > 0 } number ? number : null,
        record.Name,
        record.Kind,
        record.MinorDigits,
        record.Born?.ToText(),
        record.Retired?.ToText(),
        record.Successor.IsNone ? null : record.Successor.Code,
        providers);
}
