namespace Rates.Core;

/// <summary>Measures how precisely a rate was published, by its written digits.</summary>
internal static class Precision
{
    /// <summary>The digits without the decimal point: 1230 for 0.01230.</summary>
    public static decimal Unscaled(decimal rate) => Scaled(rate, 0);

    /// <summary>The same digits with <paramref name="places"/> decimal places, 0 to 28.</summary>
    public static decimal Scaled(decimal digits, int places)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(digits, bits);
        return new(bits[0], bits[1], bits[2], isNegative: false, (byte)places);
    }

    /// <summary>Number of digits from the first that is not zero to the last one written: 4 for 0.01230.</summary>
    public static int SignificantDigits(decimal rate)
    {
        var digits = 0;
        for (var rest = Unscaled(rate); rest >= 1; rest /= 10)
        {
            digits++;
        }

        return digits;
    }

    /// <summary>Half a unit of the last digit written, the largest error of rounding: 0.00005 for 0.0123.</summary>
    public static decimal HalfUnit(decimal rate) => new decimal(1, 0, 0, isNegative: false, rate.Scale) / 2;
}
