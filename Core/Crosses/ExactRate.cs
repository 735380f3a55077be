using System.Numerics;

namespace Rates.Core;

/// <summary>
/// Products and quotients of rates, computed exactly and rounded once, half to even, to the most digits that a decimal holds.
/// </summary>
/// <remarks>
/// A decimal has 28 decimal places whatever its size, so a product of two small legs on the way to a large cross would lose
/// digits that the answer has room for. Hence integers of any length until the end. A result of 1e-9 or more keeps at least 20
/// significant digits; below that the 28 places run out.
/// </remarks>
internal static class ExactRate
{
    private const int MostPlaces = 28;

    private static readonly BigInteger Largest = new(decimal.MaxValue);

    private static readonly BigInteger[] PowersOfTen = [.. Enumerable.Range(0, 100).Select(power => BigInteger.Pow(10, power))];

    /// <summary>
    /// Product of the upright legs / product of the inverted ones; null when it is too large or too small for a decimal.
    /// Every leg is above zero.
    /// </summary>
    public static decimal? Along(ReadOnlySpan<CrossLeg> legs)
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
        // As many places as fit, or one more: 10 digits take 33.2 bits.
        var room = 96 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        for (var kept = Math.Min(MostPlaces, room * 3 / 10 + 2 + places); kept >= 0; kept--)
        {
            var quotient = BigInteger.DivRem(
                numerator * Power(kept - places), denominator * Power(places - kept), out var remainder);
            var half = (remainder << 1).CompareTo(denominator * Power(places - kept));
            if (half > 0 || (half == 0 && !quotient.IsEven))
            {
                quotient++;
            }

            if (quotient <= Largest)
            {
                var rate = Precision.Scaled((decimal)quotient, kept);

                // Dividing by one with all its places takes the zeros off the end of a result that is shorter.
                return rate == 0 ? null : remainder.IsZero ? rate / 1.0000000000000000000000000000m : rate;
            }
        }

        return null;
    }

    private static BigInteger Power(int power) => power <= 0 ? BigInteger.One : power < PowersOfTen.Length ? PowersOfTen[power] : BigInteger.Pow(10, power);
}
