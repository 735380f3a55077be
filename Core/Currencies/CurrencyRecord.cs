namespace Rates.Core;

/// <summary>One known currency: code, name, decimal places, first and last day, and the currency that replaced it.</summary>
/// <param name="Code">Its three letters.</param>
/// <param name="Numeric">ISO 4217's three digits; empty where ISO gives none.</param>
/// <param name="Name">The English name.</param>
/// <param name="MinorDigits">
/// Decimal places of an amount, as in ISO 4217; 0 where ISO gives none, as for metals. Those of the ledger, 8 at most, for crypto assets.
/// </param>
/// <param name="Born">First day it can be quoted; null when it is older than every archive of rates.</param>
/// <param name="Retired">Last day it can be quoted, days of dual quotation included; null while it is in use.</param>
/// <param name="Successor">The currency that replaced it; the default value while it is in use.</param>
public sealed record CurrencyRecord(
    Currency Code, string Numeric, string Name, int MinorDigits, DateOnly? Born, DateOnly? Retired, Currency Successor)
{
    /// <summary>Whether it is a currency, a metal, a unit of account or a crypto asset.</summary>
    public CurrencyKind Kind { get; init; }

    /// <summary>False for codes that publishers use and ISO 4217 does not know, such as CNH or BTC.</summary>
    public required bool IsIso { get; init; }

    /// <summary>
    /// Number of its units that became one unit of <see cref="Successor"/>: 10000 for ROL, which became RON. Null while it is in use, and
    /// when the successor replaced it at no fixed rate.
    /// </summary>
    public decimal? UnitsPerSuccessor { get; init; }

    /// <summary>Whether it can be quoted on <paramref name="day"/>; first and last day included.</summary>
    public bool ExistedOn(DateOnly day) => !(day < Born) && !(day > Retired);
}
