namespace Rates.Api;

/// <summary>Rounds rates for display in the Api's answers. No other code rounds a rate.</summary>
/// <remarks>
/// A published rate keeps exactly its published digits. A computed cross has up to 28 digits, the last of them without
/// meaning: it is rounded to <see cref="CrossDigits"/> significant digits, half to even, without trailing zeros. Conversions
/// multiply by the unrounded cross.
/// </remarks>
internal static class RateRounding
{
    /// <summary>Significant digits of a cross that is shown.</summary>
    public const int CrossDigits = 10;

    /// <summary>Characters of the longest decimal: sign, 29 digits, point and a leading zero.</summary>
    public const int MaxLength = 32;

    // Dividing by it removes the trailing zeros of a decimal.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>The rate as it is shown: as published, or rounded when it is a cross.</summary>
    public static decimal Shown(decimal rate, bool derived) => derived ? Significant(rate, CrossDigits) : rate;

    /// <summary>Rounds to <paramref name="digits"/> significant digits, half to even, and removes trailing zeros.</summary>
    public static decimal Significant(decimal value, int digits)
    {
        if (value == 0)
        {
            return 0;
        }

        var places = digits - Magnitude(Math.Abs(value));
        return places >= 0
            ? Plain(decimal.Round(value, Math.Min(places, 28), MidpointRounding.ToEven))
            : Plain(decimal.Round(value / PowerOfTen(-places), 0, MidpointRounding.ToEven) * PowerOfTen(-places));
    }

    /// <summary>The value with at most <paramref name="digits"/> significant digits, half to even; zeros at its end are kept.</summary>
    /// <remarks>A value with fewer digits stays as it is, and digits before the point stay.</remarks>
    public static decimal Readable(decimal value, int digits) => decimal.Round(
        value, Math.Min(value.Scale, PlacesOf(value, digits, 0)), MidpointRounding.ToEven);

    /// <summary>The value with exactly so many decimal places, half to even: 1.5 with 3 places is 1.500.</summary>
    public static decimal Placed(decimal value, int places) =>
        decimal.Round(value, places, MidpointRounding.ToEven) + new decimal(0, 0, 0, false, (byte)places);

    /// <summary>
    /// The decimal places that show <paramref name="digits"/> significant digits, but at least <paramref name="least"/> and at most 28.
    /// </summary>
    public static int PlacesOf(decimal value, int digits, int least) =>
        value == 0 ? least : Math.Clamp(digits - Magnitude(Math.Abs(value)), least, 28);

    /// <summary>The value times ten to the power of <paramref name="places"/>, with the same digits.</summary>
    /// <exception cref="OverflowException">The result does not fit a decimal.</exception>
    public static decimal MovePoint(decimal value, int places)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = value.Scale - places;
        return scale is >= 0 and <= 28 ? new(parts[0], parts[1], parts[2], value < 0, (byte)scale)
            : places > 0 ? value * PowerOfTen(places) : value / PowerOfTen(-places);
    }

    /// <summary>The same value without trailing zeros.</summary>
    public static decimal Plain(decimal value) => value / One;

    // Digits before the point; 0 for 0.1 to 1, negative for as many zeros after it.
    private static int Magnitude(decimal value)
    {
        var magnitude = 0;
        for (; value >= 1; value /= 10)
        {
            magnitude++;
        }

        for (; value < 0.1m; value *= 10)
        {
            magnitude--;
        }

        return magnitude;
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
