using Rates.Core;

namespace Rates.Api;

/// <summary>A currency and who answers in it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Numeric">Its ISO 4217 number; left out where it has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="MinorDigits">Decimal places of its smallest unit.</param>
/// <param name="Born">First day; left out when it is old.</param>
/// <param name="Retired">Last day; left out while it lives.</param>
/// <param name="Successor">What it became; left out while it lives.</param>
/// <param name="Providers">Keys of those who answer in it now.</param>
internal sealed record CurrencyView(
    string Code, string? Numeric, string Name, int MinorDigits, string? Born, string? Retired, string? Successor, IReadOnlyList<string> Providers)
{
    /// <summary>A record's view.</summary>
    public static CurrencyView Of(CurrencyRecord record, IReadOnlyList<string> providers) => new(
        record.Code.Code,
        record.Numeric is { Length: > 0 } number ? number : null,
        record.Name,
        record.MinorDigits,
        record.Born?.ToText(),
        record.Retired?.ToText(),
        record.Successor.IsNone ? null : record.Successor.Code,
        providers);
}
