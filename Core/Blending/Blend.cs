namespace Rates.Core;

/// <summary>Makes one rate of several providers' rates of a pair.</summary>
/// <remarks>
/// Providers of one independence group are one witness, spoken for by the first of them. Two witnesses that differ by more than
/// 5 % are never averaged: an outage that had left an oracle with two sources once made it do so, at the worst moment. The same
/// holds for the middle two of an even number, which is how two camps of equal size show.
/// </remarks>
public static class Blend
{
    /// <summary>How far two rates may lie apart, as a fraction of the lower, and how far an outlier at least from the median.</summary>
    private const decimal Tolerance = 0.05m;

    /// <summary>Fewer witnesses cannot tell who of them is wrong.</summary>
    private const int FewestToJudge = 4;

    /// <summary>Blends <paramref name="inputs"/>, given in the caller's order of preference, rates above zero.</summary>
    /// <returns>Rate null and a note when the witnesses contradict each other, or when there is no input (then with day 0001-01-01).</returns>
    public static BlendedRate Of(BlendMethod method, IReadOnlyList<BlendInput> inputs)
    {
        if (inputs.Count == 0)
        {
            return new(null, default, 0, 0, 0, 0, [], [], "no provider covers the pair");
        }

        var witnesses = Witnesses(inputs);
        var outliers = method == BlendMethod.Consensus ? Outliers(witnesses) : [];
        var left = outliers.ConvertAll(Group);
        witnesses.RemoveAll(outliers.Contains);

        var rates = witnesses.ConvertAll(witness => witness.Rate);
        rates.Sort();
        var (min, max) = (rates[0], rates[^1]);
        var (rate, note) = method switch
        {
            BlendMethod.First => (witnesses[0].Rate, ""),
            BlendMethod.Mean => Mean(rates),
            _ => Median(rates),
        };
        return new(
            rate, method == BlendMethod.First ? witnesses[0].AsOf : witnesses.Min(witness => witness.AsOf), witnesses.Count, min, max,
            (max - min) / MidRate.Of(min, max), [.. inputs.Where(input => !left.Contains(Group(input))).Select(input => input.Provider)],
            [.. outliers.Select(outlier => new BlendOutlier(outlier.Provider, outlier.Rate, Reason(outlier.Rate, Middle(rates))))], note);
    }

    private static string Reason(decimal rate, decimal middle) =>
        $"{Text.Percent(Math.Abs(rate - middle) / middle)} {(rate > middle ? "above" : "below")} the middle of the others";

    private static string Group(BlendInput input) => input.Independence is { Length: > 0 } group ? group : input.Provider;

    /// <summary>The first provider of each independence group, in order.</summary>
    private static List<BlendInput> Witnesses(IReadOnlyList<BlendInput> inputs)
    {
        var groups = new HashSet<string>(inputs.Count);
        var witnesses = new List<BlendInput>(inputs.Count);
        foreach (var input in inputs)
        {
            if (groups.Add(Group(input)))
            {
                witnesses.Add(input);
            }
        }

        return witnesses;
    }

    /// <summary>Those further from the median than 10 x MAD (the median distance from the median) and than 5 % of it.</summary>
    private static List<BlendInput> Outliers(List<BlendInput> witnesses)
    {
        if (witnesses.Count < FewestToJudge)
        {
            return [];
        }

        var median = Middle([.. witnesses.Select(witness => witness.Rate).Order()]);
        var distances = witnesses.ConvertAll(witness => Math.Abs(witness.Rate - median));
        var limit = Math.Max(10 * Middle([.. distances.Order()]), Tolerance * median);
        return witnesses.FindAll(witness => Math.Abs(witness.Rate - median) > limit);
    }

    private static (decimal? Rate, string Note) Median(List<decimal> sorted)
    {
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        return high > low * (1 + Tolerance)
            ? (null, $"the {(sorted.Count == 2 ? "two" : "middle two")} witnesses are {Text.Percent(high / low - 1)} apart")
            : (Middle(sorted), "");
    }

    private static (decimal? Rate, string Note) Mean(List<decimal> sorted)
    {
        var apart = sorted[^1] > sorted[0] * (1 + Tolerance) ? $"{Text.Percent(sorted[^1] / sorted[0] - 1)} apart" : null;
        return (sorted.Count, apart) switch
        {
            (2, { }) => (null, $"the two witnesses are {apart}"),

            // The 28 digits of a decimal may round the sum; the mean of equal rates is still that rate.
            _ => (Math.Clamp(sorted.Sum() / sorted.Count, sorted[0], sorted[^1]), apart is null ? "" : $"the witnesses are up to {apart}"),
        };
    }

    private static decimal Middle(List<decimal> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : MidRate.Of(sorted[sorted.Count / 2 - 1], sorted[sorted.Count / 2]);
}
