namespace Rates.Core;

/// <summary>
/// Collects the rates of other providers that may confirm or contradict a provider's new rates, for <see cref="IngestContext.Witnesses"/>.
/// </summary>
/// <remarks>
/// Providers that take part in blends on the day are witnesses, one of each independence group: the first that is offered.
/// </remarks>
/// <param name="asked">The provider of the candidate; no provider of its independence group is a witness.</param>
/// <param name="pairs">The pairs to find rates of, published or as crosses.</param>
/// <param name="today">The day of the check.</param>
public sealed class IngestWitnesses(ProviderProfile asked, IReadOnlyList<CurrencyPair> pairs, DateOnly today)
{
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal) { asked.Independence };
    private readonly List<Observation> _rates = [];

    /// <summary>With fewer common figures, equal ones may be so by chance.</summary>
    private const int FewestToCompare = 5;

    /// <summary>
    /// The candidate. A provider that publishes the same figures, digit by digit, copies it or is copied by it: it is no witness. May be
    /// empty.
    /// </summary>
    public IReadOnlyList<Observation> Candidate { get; init; } = [];

    /// <summary>The rates found so far; empty when there are none.</summary>
    public IReadOnlyList<Observation> Rates => _rates;

    /// <summary>Whether the figures of <paramref name="other"/> may be added; false when nothing is asked.</summary>
    public bool Admits(ProviderProfile other) =>
        pairs.Count > 0 && !_groups.Contains(other.Independence) && WitnessRule.WhyNotByDefault(other, today) is null;

    /// <summary>Adds the rates of a provider that <see cref="Admits"/> lets through; no other of its group is admitted after
    /// it. One that copies the candidate adds nothing.</summary>
    public void Add(ProviderProfile other, CrossRates crosses)
    {
        if (IsCopy(crosses))
        {
            return;
        }

        _groups.Add(other.Independence);
        _rates.AddRange(
            from cross in pairs.Select(crosses.Find).OfType<CrossRate>()
            select new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind));
    }

    private bool IsCopy(CrossRates crosses)
    {
        var common = Candidate.Select(figure => (figure.Rate, Other: crosses.Find(figure.Pair)))
            .Where(each => each.Other is { IsDerived: false }).ToList();
        return common.Count >= FewestToCompare && common.TrueForAll(each => each.Rate == each.Other!.Rate);
    }
}
