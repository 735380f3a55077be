using System.Buffers;
using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>How providers are combined.</summary>
internal enum Selection
{
    /// <summary>Not at all: each answers for itself.</summary>
    Each,

    /// <summary>The first one asked for that has the pair.</summary>
    First,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The mean without outliers.</summary>
    Consensus,
}

/// <summary>How days of a history are grouped.</summary>
internal enum DayGroup
{
    /// <summary>Not at all.</summary>
    Day,

    /// <summary>By ISO week.</summary>
    Week,

    /// <summary>By month.</summary>
    Month,
}

/// <summary>Reads single values of a query; each throws a <see cref="ProblemException"/> that names parameter and value.</summary>
internal static class QueryValues
{
    private const int MaxPlaces = 12;

    /// <summary>What a provider key is made of.</summary>
    public static SearchValues<char> KeyLetters { get; } = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A registered currency's ordinal.</summary>
    public static int Currency(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (!Core.Currency.TryParse(value, out var currency))
        {
            throw ProblemException.BadValue(name, value, "is not a three-letter currency code");
        }

        return CurrencyTable.OrdinalOf(currency) is var ordinal and >= 0
            ? ordinal
            : throw ProblemException.Unknown(name, value, "is no known currency; /v1/currencies lists them");
    }

    /// <summary>Currencies parted by commas.</summary>
    public static void Currencies(ReadOnlySpan<char> name, ReadOnlySpan<char> value, ref CurrencySet currencies)
    {
        do
        {
            currencies.Add(Currency(name, QueryReader.Cut(value, ',', out value)));
        }
        while (!value.IsEmpty);

        if (currencies.Count > Limits.Quotes)
        {
            throw ProblemException.BadParameter(name, $"{currencies.Count} currencies were asked for, at most {Limits.Quotes} are answered; leave it out for all");
        }
    }

    /// <summary>A day such as 2026-08-20.</summary>
    public static DateOnly Day(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        IsoText.TryParseDay(value, out var day)
            ? day
            : throw ProblemException.BadValue(name, value, "is not a day such as 2026-08-20");

    /// <summary>A decimal with a point, without exponent or thousands: those are read differently in different places.</summary>
    public static decimal Amount(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw ProblemException.BadValue(name, value, "is not a decimal number such as 1234.56");

    /// <summary>Decimal places, 0 to 12.</summary>
    public static int Round(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= MaxPlaces
            ? places
            : throw ProblemException.BadValue(name, value, $"is not a number of decimal places from 0 to {MaxPlaces}");

    /// <summary>How providers are combined.</summary>
    public static Selection Select(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => value switch
    {
        "each" => Selection.Each,
        "first" => Selection.First,
        "median" => Selection.Median,
        "mean" => Selection.Mean,
        "consensus" => Selection.Consensus,
        _ => throw ProblemException.BadValue(name, value, "is not one of each, first, median, mean, consensus"),
    };

    /// <summary>How days are grouped.</summary>
    public static DayGroup Group(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => value switch
    {
        "week" => DayGroup.Week,
        "month" => DayGroup.Month,
        _ => throw ProblemException.BadValue(name, value, "is not one of week, month"),
    };
}
