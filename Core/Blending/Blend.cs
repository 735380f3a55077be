namespace Rates.Core;

/// <summary>Combines several providers' rates of one pair into one rate (a blend), for example by their median.</summary>
/// <remarks>
/// Providers of one independence group count as one witness: the first of them in the caller's order. Two witnesses that differ by
/// more than 5 % are never averaged, and neither are the middle two of an even number: then nobody can know which one is right.
/// </remarks>
public static class Blend
{
    /// <summary>Largest allowed difference of two rates, as a fraction of the lower; an outlier differs from the median by more.</summary>
    private const decimal Tolerance = 0.05m;

    /// <summary>With fewer witnesses the median distance does not show which one is wrong.</summary>
    private const int FewestToJudge = 4;

    /// <summary>Combines <paramref name="inputs"/>.</summary>
    /// <param name="method">How.</param>
    /// <param name="inputs">Rates above zero of one pair in one direction, in the caller's order of preference; may be empty.</param>
    /// <returns>
    /// The rate is null, with a note, when the witnesses contradict each other or when there is no input (the day is then 0001-01-01).
    /// </returns>
    public static BlendResult Of(BlendMethod method, IReadOnlyList<BlendInput> inputs)
    {
        if (inputs.Count == 0)
        {
            return new(null, default, default, 0, 0, 0, 0, [], [], "no provider covers the pair");
        }

        var witnesses = Witnesses(inputs);
        if (method == BlendMethod.First)
        {
            var first = witnesses[0];
            return new(first.Rate, first.AsOf, first.AsOf, 1, first.Rate, first.Rate, 0, [first.Provider], [], "");
        }

        var outliers = Outliers(witnesses, method);
        witnesses.RemoveAll(outliers.Contains);
        var left = outliers.ConvertAll(Group);
        var rates = witnesses.ConvertAll(witness => witness.Rate);
        rates.Sort();
        var (min, max) = (rates[0], rates[^1]);
        var (rate, note) = method == BlendMethod.Mean ? Mean(rates) : Median(rates);
        return new(
            rate, witnesses.Max(witness => witness.AsOf), witnesses.Min(witness => witness.AsOf), witnesses.Count, min, max,
            (max - min) / MidRate.Of(min, max), [.. inputs.Where(input => !left.Contains(Group(input))).Select(input => input.Provider)],
            [.. outliers.Select(outlier => new BlendOutlier(outlier.Provider, outlier.Rate, Reason(outlier.Rate, Middle(rates))))], note);
    }

    private static string Reason(decimal rate, decimal middle) =>
        $"{ReasonText.Percent(Math.Abs(rate - middle) / middle)} {(rate > middle ? "above" : "below")} the middle of the others";

    /// <summary>The independence group of a provider.</summary>
    internal static string Group(BlendInput input) => input.Independence is { Length: > 0 } group ? group : input.Provider;

    /// <summary>The first input of each independence group, in the order given.</summary>
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

    /// <summary>
    /// Of four or more witnesses, for a consensus and a mean: those further from the median than 10 x MAD (the median of all distances
    /// from the median) and than 5 % of the median. A median of so many is not moved by them and keeps them. Of three: the one that
    /// differs by more than 5 % from two that agree.
    /// </summary>
    private static List<BlendInput> Outliers(List<BlendInput> witnesses, BlendMethod method)
    {
        if (witnesses.Count < FewestToJudge)
        {
            return witnesses.Count == 3 ? OddOneOut(witnesses) : [];
        }

        if (method == BlendMethod.Median)
        {
            return [];
        }

        var median = Middle([.. witnesses.Select(witness => witness.Rate).Order()]);
        decimal[] distances = [.. witnesses.Select(witness => Math.Abs(witness.Rate - median)).Order()];
        var mad = MidRate.Of(distances[(distances.Length - 1) / 2], distances[distances.Length / 2]);
        var limit = Math.Max(10 * mad, Tolerance * median);
        return witnesses.FindAll(witness => Math.Abs(witness.Rate - median) > limit);
    }

    private static List<BlendInput> OddOneOut(List<BlendInput> three)
    {
        for (var odd = 0; odd < three.Count; odd++)
        {
            var (suspect, one, other) = (three[odd], three[(odd + 1) % 3], three[(odd + 2) % 3]);
            if (Agree(one.Rate, other.Rate) && !Agree(suspect.Rate, one.Rate) && !Agree(suspect.Rate, other.Rate))
            {
                return [suspect];
            }
        }

        return [];
    }

    /// <summary>Whether two rates differ by at most 5 % of the lower.</summary>
    internal static bool Agree(decimal one, decimal other) => Math.Max(one, other) <= Math.Min(one, other) * (1 + Tolerance);

    private static (decimal? Rate, string Note) Median(List<decimal> sorted)
    {
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        return high <= low * (1 + Tolerance) ? (Middle(sorted), "") : (null, string.Concat(
            $"of the {(sorted.Count == 2 ? "two" : "middle two")} witnesses ",
            $"the higher is {ReasonText.Percent(high / low - 1)} above the lower"));
    }

    private static (decimal? Rate, string Note) Mean(List<decimal> sorted)
    {
        // Where the middle two are apart, the mean lies between two groups, near none of the rates.
        if (Median(sorted) is (null, var note))
        {
            return (null, note);
        }

        // A decimal rounds at 28 digits: without the clamp the mean of equal rates could differ from them.
        var mean = Math.Clamp(sorted.Sum() / sorted.Count, sorted[0], sorted[^1]);
        return (mean, sorted[^1] > sorted[0] * (1 + Tolerance)
            ? $"the highest of the witnesses is {ReasonText.Percent(sorted[^1] / sorted[0] - 1)} above the lowest"
            : "");
    }

    /// <summary>The middle rate; of an even number the geometric mean of the middle two, so that an inverted pair has 1 / median.</summary>
    private static decimal Middle(List<decimal> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : GeometricMean.Of(sorted[sorted.Count / 2 - 1], sorted[sorted.Count / 2]);
}
