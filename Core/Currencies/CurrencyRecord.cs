namespace Rates.Core;

/// <summary>What is known of one currency.</summary>
/// <param name="Code">Its three letters.</param>
/// <param name="Numeric">ISO 4217's three digits; empty where ISO gives none.</param>
/// <param name="Name">The English name.</param>
/// <param name="MinorDigits">Decimals of an amount of money, as in ISO 4217; 0 for units that are not money in hand, such as metals.</param>
/// <param name="Born">First day it can be quoted; null where older than any archive of rates.</param>
/// <param name="Retired">Last day it can be quoted, days of dual quotation included; null while it lives.</param>
/// <param name="Successor">What took its place; none while it lives.</param>
public sealed record CurrencyRecord(
    Currency Code, string Numeric, string Name, int MinorDigits, DateOnly? Born, DateOnly? Retired, Currency Successor)
{
    /// <summary>False for codes that publishers use and ISO 4217 does not know, such as CNH or BTC.</summary>
    public bool IsIso { get; init; } = true;

    /// <summary>
    /// How many units of it became one unit of <see cref="Successor"/>: 10000 for ROL, which became RON. Null while it lives, and where
    /// the successor took over at no fixed rate.
    /// </summary>
    public decimal? UnitsPerSuccessor { get; init; }

    /// <summary>Whether <paramref name="day"/> lies in its life, first and last day included.</summary>
    public bool ExistedOn(DateOnly day) => !(day < Born) && !(day > Retired);
}
