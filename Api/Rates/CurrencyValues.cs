using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Parses currency codes, and how rates are combined, from a request's query or body. Each method throws a <see cref="ProblemException"/>
/// with the parameter and the value.
/// </summary>
internal static class CurrencyValues
{
    /// <summary>The ordinal of a registered currency.</summary>
    public static int Ordinal(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        // Nearly every value; no minor unit is a registered currency.
        if (CurrencyTable.OrdinalOfCapitals(value) is var known and >= 0)
        {
            return known;
        }

        if (MinorUnits.Find(value) is { } unit)
        {
            throw ProblemException.BadValue(
                name,
                value,
                $"is 1/100 of {unit.Currency}, not a currency; ask for {unit.Currency}, "
                + $"or convert with /v1/convert, which takes {unit.Code}");
        }

        if (!Currency.TryParse(value, out var currency))
        {
            throw ProblemException.BadValue(name, value, "is not a three-letter currency code");
        }

        if (MinorUnits.IsByCase(value))
        {
            throw ProblemException.BadValue(
                name, value, $"ends in a small letter, which marks a minor unit of {currency}; write {currency} for the currency");
        }

        return CurrencyTable.OrdinalOf(currency) is var ordinal and >= 0
            ? ordinal
            : throw ProblemException.Unknown(name, value, "is no known currency; /v1/currencies lists them");
    }

    /// <summary>The registered currency that a code means, in any case; null for none, also where the case means a minor unit.</summary>
    public static Currency? Find(string? code) =>
        Currency.TryParse(code, out var currency) && !MinorUnits.IsByCase(code) && CurrencyTable.OrdinalOf(currency) >= 0 ? currency : null;

    /// <summary>A registered currency or one of the <see cref="MinorUnits"/>.</summary>
    public static AmountUnit Unit(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        MinorUnits.Find(value) ?? AmountUnit.Of(CurrencyTable.At(Ordinal(name, value)));

    /// <summary>Adds currencies with commas between them to a set.</summary>
    public static void AddAll(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ref CurrencySet currencies)
    {
        // Codes of three capitals, as nearly all are, need not be searched for their comma.
        while (value.Length > 4 && value[3] == ',' && CurrencyTable.OrdinalOfCapitals(value[..3]) is var ordinal and >= 0)
        {
            currencies.Add(ordinal);
            value = value[4..];
        }

        do
        {
            currencies.Add(Ordinal(name, QueryReader.TakeUntil(value, ',', out value)));
        }
        while (!value.IsEmpty);

        if (currencies.Count > RatesLimits.Quotes)
        {
            throw ProblemException.BadParameter(
                name, $"{currencies.Count} currencies were requested, at most {RatesLimits.Quotes} are answered; leave it out for all");
        }
    }

    /// <summary>How the rates of several providers are combined.</summary>
    public static Selection Select(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => value switch
    {
        "each" => Selection.Each,
        "first" => Selection.First,
        "median" => Selection.Median,
        "mean" => Selection.Mean,
        "consensus" => Selection.Consensus,
        _ => throw ProblemException.BadValue(name, value, "is not one of each, first, median, mean, consensus"),
    };
}
