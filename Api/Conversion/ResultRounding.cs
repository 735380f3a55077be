using Rates.Core;

namespace Rates.Api;

/// <summary>How the result of a conversion is rounded.</summary>
internal enum RoundingMode
{
    /// <summary>To the nearest; a half away from zero, as Regulation (EC) 1103/97 asks.</summary>
    HalfUp,

    /// <summary>To the nearest; a half to the even neighbour.</summary>
    HalfEven,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Towards zero.</summary>
    Down,
}

/// <summary>To how many places the result of a conversion is rounded, and how.</summary>
/// <param name="Places">Decimal places, 0 to 12; null for those of the smallest unit of the currency converted to.</param>
/// <param name="Mode">How.</param>
internal readonly record struct ResultRounding(int? Places, RoundingMode Mode)
{
    private const string Minor = "minor";

    /// <summary>The places as text: a number, or <c>minor</c>.</summary>
    public string PlacesText => Places is { } places ? $"{places}" : Minor;

    /// <summary>Reads <c>2</c> or <c>minor</c>, and <c>half-up</c>, <c>half-even</c>, <c>up</c> or <c>down</c>.</summary>
    /// <param name="round">Name and value of the places.</param>
    /// <param name="rounding">Name and value of the mode; empty for half-up.</param>
    /// <exception cref="ProblemException">400: a value is none of these.</exception>
    public static ResultRounding Parse((string Name, string Value) round, (string Name, string Value) rounding) => new(
        ParsePlaces(round.Name, round.Value), rounding.Value.Length == 0 ? RoundingMode.HalfUp : ParseMode(rounding.Name, rounding.Value));

    /// <summary>Reads <c>2</c>, or <c>minor</c> as null.</summary>
    /// <exception cref="ProblemException">400: the value is neither.</exception>
    public static int? ParsePlaces(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        value.SequenceEqual(Minor) ? null : QueryValues.Round(name, value);

    /// <summary>Reads <c>half-up</c>.</summary>
    /// <exception cref="ProblemException">400: the value is the name of no mode.</exception>
    public static RoundingMode ParseMode(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => value switch
    {
        "half-up" => RoundingMode.HalfUp,
        "half-even" => RoundingMode.HalfEven,
        "up" => RoundingMode.Up,
        "down" => RoundingMode.Down,
        _ => throw ProblemException.BadValue(name, value, "is not one of half-up, half-even, up, down"),
    };

    /// <summary>Rounds an amount.</summary>
    /// <param name="amount">The amount, in <paramref name="unit"/>.</param>
    /// <param name="unit">Its unit, whose digits ISO 4217 gives; a hundredth of a currency has two digits fewer.</param>
    public decimal Round(decimal amount, AmountUnit unit)
    {
        var places = Places ?? Math.Max(0, (CurrencyRegistry.Find(unit.Currency)?.MinorDigits ?? 0) - unit.Places);
        return decimal.Round(amount, places, Mode switch
        {
            RoundingMode.HalfEven => MidpointRounding.ToEven,
            RoundingMode.Down => MidpointRounding.ToZero,
            RoundingMode.Up => amount < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity,
            _ => MidpointRounding.AwayFromZero,
        });
    }
}

/// <summary>Reads and writes the names of the ways to round, such as <c>half-up</c>, in queries, settings and answers.</summary>
internal static class RoundingModeText
{
    /// <summary>Such as <c>half-up</c>.</summary>
    public static string ToText(this RoundingMode mode) => mode switch
    {
        RoundingMode.HalfEven => "half-even",
        RoundingMode.Up => "up",
        RoundingMode.Down => "down",
        _ => "half-up",
    };
}
