using System.Numerics;

namespace Rates.Core;

/// <summary>Computes the geometric mean of two rates with integers, since floating point would lose digits.</summary>
/// <remarks>
/// Unlike the arithmetic mean it is invertible: the mean of two rates times the mean of their inverses is 1.
/// </remarks>
internal static class GeometricMean
{
    private const int MostPlaces = 28;

    /// <summary>
    /// The square root of <paramref name="one"/> x <paramref name="other"/>, with at least 27 digits or 28 decimal places.
    /// </summary>
    /// <param name="one">Above zero.</param>
    /// <param name="other">Above zero.</param>
    public static decimal Of(decimal one, decimal other)
    {
        if (one == other)
        {
            return one;
        }

        var product = new BigInteger(Precision.Unscaled(one)) * new BigInteger(Precision.Unscaled(other));
        var scale = one.Scale + other.Scale;
        for (var places = MostPlaces; ; places--)
        {
            // root = sqrt(product / 10^scale) x 10^places
            var power = 2 * places - scale;
            var root = Root(power >= 0 ? product * BigInteger.Pow(10, power) : product / BigInteger.Pow(10, -power));
            if (root <= Largest)
            {
                // Dividing by 1 with 28 decimal places removes trailing zeros.
                return Precision.Scaled((decimal)root, places) / 1.0000000000000000000000000000m;
            }
        }
    }

    private static BigInteger Largest { get; } = new(decimal.MaxValue);

    /// <summary>The integer nearest to the square root of a number above zero, by Newton's method.</summary>
    private static BigInteger Root(BigInteger square)
    {
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + square / root) >> 1;
            if (next >= root)
            {
                // root is the largest integer not above the square root: it is the nearest unless the square is beyond root + 1/2.
                return square - root * root > root ? root + 1 : root;
            }

            root = next;
        }
    }
}
