using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Replaces the currency codes that a source prints (labels) by the currencies that they mean on the day of the rate. No other code does
/// this.
/// </summary>
public sealed class LabelTable
{
    private readonly FrozenDictionary<Currency, LabelRule[]> _rules;

    private readonly bool _comparesFigures;

    private LabelTable(IReadOnlyList<LabelRule> rules)
    {
        _rules = rules.Where(rule => Currency.TryParse(rule.Label, out _))
            .GroupBy(rule => Currency.Parse(rule.Label))
            .ToFrozenDictionary(label => label.Key, label => label.ToArray());
        _comparesFigures = rules.Any(rule => rule.SameAs.Length > 0);
    }

    /// <summary>The table of a block's rules.</summary>
    public static LabelTable Of(IReadOnlyList<LabelRule> rules) => new(rules);

    /// <summary>
    /// Gives every figure the currencies that its labels mean on its day, and divides it by the units that it was really for.
    /// </summary>
    /// <param name="published">Figures as an adapter read them.</param>
    /// <returns>
    /// The figures in the same order, and those that are no rates, each with its reason. A figure without a rule stays as it is: whether
    /// its currencies lived on that day is decided by the ingest rules. Where the publisher prints the meaning itself on the same day,
    /// that figure stays and the relabelled one is refused.
    /// </returns>
    public LabelledRates Resolve(IReadOnlyList<Observation> published)
    {
        if (_rules.Count == 0)
        {
            return new(published, []);
        }

        // A source that gives each figure its own instant copies the figure alone.
        HashSet<Observation> printed = _comparesFigures ? [.. published.Select(figure => figure with { At = null })] : [];
        bool HasRule(Observation figure) =>
            Find(figure.Pair.Base, figure, printed) is not null || Find(figure.Pair.Quote, figure, printed) is not null;

        if (!published.Any(HasRule))
        {
            return new(published, []);
        }

        var own = published.Where(figure => !HasRule(figure)).Select(figure => (figure.AsOf, figure.Pair, figure.Kind)).ToHashSet();
        List<Observation> figures = new(published.Count);
        List<RefusedObservation> refused = [];
        foreach (var figure in published)
        {
            var (meant, reason) = Resolve(figure, printed);
            if (reason is null && meant.Pair != figure.Pair && own.Contains((meant.AsOf, meant.Pair, meant.Kind)))
            {
                reason = $"label {figure.Pair} means {meant.Pair} on {figure.AsOf:yyyy-MM-dd}, which the source prints as well";
            }

            if (reason is null)
            {
                figures.Add(meant);
            }
            else
            {
                refused.Add(new(figure, reason));
            }
        }

        return new(figures, refused);
    }

    private (Observation Meant, string? Reason) Resolve(Observation figure, HashSet<Observation> printed)
    {
        var (@base, first) = Meaning(figure.Pair.Base, figure, printed);
        var (quote, second) = Meaning(figure.Pair.Quote, figure, printed);
        var rate = Divide(Divide(figure.Rate, first?.Units ?? 1), second?.Units ?? 1);
        var none = first?.NoRate is { Length: > 0 } ? first : second?.NoRate is { Length: > 0 } ? second : null;
        var reason = none is null ? null : $"label {none.Label} on {figure.AsOf:yyyy-MM-dd} is no rate: {none.NoRate}";
        return (figure with { Pair = new(@base, quote), Rate = rate }, reason);
    }

    private (Currency Meaning, LabelRule? Rule) Meaning(Currency label, Observation figure, HashSet<Observation> printed)
    {
        var rule = Find(label, figure, printed);
        return (rule is { Means.Length: > 0 } ? Currency.Parse(rule.Means) : label, rule);
    }

    private LabelRule? Find(Currency label, Observation figure, HashSet<Observation> printed) => _rules.TryGetValue(label, out var rules)
        ? Array.Find(rules, rule => rule.HoldsOn(figure.AsOf)
            && (rule.SameAs.Length == 0 || printed.Contains(Under(figure, label, Currency.Parse(rule.SameAs)))))
        : null;

    /// <summary>The figure as it would be printed under <paramref name="other"/> in place of <paramref name="label"/>.</summary>
    private static Observation Under(Observation figure, Currency label, Currency other) => figure with
    {
        At = null,
        Pair = figure.Pair.Base == label ? new(other, figure.Pair.Quote) : new(figure.Pair.Base, other),
    };

    /// <summary>A power of ten moves the decimal point and leaves the published digits alone; any other number divides.</summary>
    private static decimal Divide(decimal rate, decimal units)
    {
        if (units == 1)
        {
            return rate;
        }

        var places = 0;
        for (var rest = units; rest != 1; rest = rest > 1 ? rest / 10 : rest * 10)
        {
            if (rest is (> 1 and < 10) or (> 0.1m and < 1))
            {
                return rate / units;
            }

            places += rest > 1 ? 1 : -1;
        }

        var scale = rate.Scale + places;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rate, bits);
        return scale is >= 0 and <= 28 ? new(bits[0], bits[1], bits[2], rate < 0, (byte)scale) : rate / units;
    }
}
