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

    /// <summary>The rates found so far; empty when there are none.</summary>
    public IReadOnlyList<Observation> Rates => _rates;

    /// <summary>Whether the figures of <paramref name="other"/> may be added; false when nothing is asked.</summary>
    public bool Admits(ProviderProfile other) =>
        pairs.Count > 0 && !_groups.Contains(other.Independence) && WitnessRule.WhyNotByDefault(other, today) is null;

    /// <summary>Adds the rates of a provider that <see cref="Admits"/> lets through; no other of its group is admitted after it.</summary>
    public void Add(ProviderProfile other, CrossRates crosses)
    {
        _groups.Add(other.Independence);
        _rates.AddRange(
            from cross in pairs.Select(crosses.Find).OfType<CrossRate>()
            select new Observation(cross.AsOf, cross.Pair, cross.Rate, cross.Kind));
    }
}
