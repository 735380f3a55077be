using System.Numerics;

namespace Rates.Core;

/// <summary>Multiplies and divides rates exactly and rounds once, half to even, to the most digits that a decimal can hold.</summary>
/// <remarks>
/// A decimal has at most 28 decimal places, so an intermediate product of two small rates would lose digits that the final result
/// could hold. The computation therefore uses integers of any length and rounds at the end. A result of 1e-9 or more keeps at least
/// 20 significant digits.
/// </remarks>
internal static class ExactRate
{
    private const int MostPlaces = 28;

    private static readonly BigInteger Largest = new(decimal.MaxValue);

    private static readonly BigInteger[] PowersOfTen = [.. Enumerable.Range(0, 100).Select(power => BigInteger.Pow(10, power))];

    /// <summary>
    /// (Product of the legs used as published) / (product of the inverted legs); null when the result is too large or too small for a
    /// decimal. Every leg must be above zero.
    /// </summary>
    public static decimal? Of(ReadOnlySpan<CrossLeg> legs)
    {
        var (numerator, denominator, places) = (BigInteger.One, BigInteger.One, 0);
        foreach (var leg in legs)
        {
            var rate = leg.Published.Rate;
            if (leg.Inverted)
            {
                denominator *= new BigInteger(Precision.Unscaled(rate));
                places -= rate.Scale;
            }
            else
            {
                numerator *= new BigInteger(Precision.Unscaled(rate));
                places += rate.Scale;
            }
        }

        return Rounded(numerator, denominator, places);
    }

    /// <summary>numerator / denominator / 10^places.</summary>
    private static decimal? Rounded(BigInteger numerator, BigInteger denominator, int places)
    {
        // As many decimal places as fit into 96 bits, or one more; a bit is 0.30103 digits.
        var room = 97 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        for (var kept = Math.Min(MostPlaces, room * 30_103 / 100_000 + places); kept >= 0; kept--)
        {
            var divisor = denominator * Power(places - kept);
            var quotient = BigInteger.DivRem(numerator * Power(kept - places), divisor, out var remainder);
            var half = (remainder << 1).CompareTo(divisor);
            if (half > 0 || (half == 0 && !quotient.IsEven))
            {
                quotient++;
            }

            if (quotient <= Largest)
            {
                var rate = Precision.Scaled((decimal)quotient, kept);

                // Dividing by 1 with 28 decimal places removes trailing zeros.
                return rate == 0 ? null : remainder.IsZero ? rate / 1.0000000000000000000000000000m : rate;
            }
        }

        return null;
    }

    private static BigInteger Power(int power) =>
        power <= 0 ? BigInteger.One : power < PowersOfTen.Length ? PowersOfTen[power] : BigInteger.Pow(10, power);
}
