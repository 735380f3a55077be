namespace Rates.Core;

/// <summary>Compares a provider's first figures of a pair with those of other providers.</summary>
internal static class FirstFigureRules
{
    /// <summary>Agreement is not asked to be closer than this fraction.</summary>
    private const decimal Narrowest = 0.05m;

    /// <summary>
    /// Rates beside the market may differ from it by this fraction: administered and parallel ones, monthly ones, averages.
    /// </summary>
    private const decimal BesideTheMarket = 2m;

    /// <summary>
    /// Removes from <paramref name="rows"/> the pairs that others contradict, with all their days, and adds them to
    /// <paramref name="refused"/>. Only pairs without a current figure are looked at.
    /// </summary>
    /// <returns>Pairs that stay and that nobody has confirmed; empty for none.</returns>
    public static IReadOnlyList<CurrencyPair> Sift(List<Observation> rows, IngestContext context, List<RefusedObservation> refused)
    {
        var known = (context.Previous?.Observations ?? []).Select(figure => figure.Pair).ToHashSet();
        known.ExceptWith(context.Previous?.Unconfirmed ?? []);
        var unconfirmed = new List<CurrencyPair>();
        foreach (var pair in rows.Where(row => !known.Contains(row.Pair)).GroupBy(row => row.Pair).ToList())
        {
            var newest = pair.GroupBy(row => row.Kind).Select(kind => kind.MaxBy(row => row.AsOf)).ToList();
            var verdicts = newest.ConvertAll(row => Corroboration.Judge(row, Limit(row, context), context));
            if (verdicts.Contains(FirstFigure.Contradicted))
            {
                var row = newest[verdicts.IndexOf(FirstFigure.Contradicted)];
                var reason = $"first {pair.Key} {Text.Of(row.Rate)} on {IsoText.Of(row.AsOf)}: other providers agree on another figure";
                refused.AddRange(pair.Select(each => new RefusedObservation(each, reason)));
                rows.RemoveAll(each => each.Pair == pair.Key);
            }
            else if (!verdicts.Contains(FirstFigure.Confirmed) && !IsSecondSheet(pair.Key, newest, context))
            {
                unconfirmed.Add(pair.Key);
            }
        }

        // What the candidate does not mention stays as it was.
        unconfirmed.AddRange((context.Previous?.Unconfirmed ?? []).Where(pair => !rows.Exists(row => row.Pair == pair)));
        return unconfirmed;
    }

    /// <summary>A later day that the rules of change have accepted is a second sheet that agrees with the first.</summary>
    private static bool IsSecondSheet(CurrencyPair pair, List<Observation> newest, IngestContext context) =>
        context.Previous is { } previous && previous.Observations.Where(figure => figure.Pair == pair).ToList() is { Count: > 0 } before
            && newest.Max(row => row.AsOf) > before.Max(figure => figure.AsOf);

    private static decimal Limit(Observation row, IngestContext context) =>
        context.Profile.Category is ProviderCategory.Reference or ProviderCategory.Market
            && row.Kind is not (RateKind.Segment or RateKind.Parallel or RateKind.Legacy
                or RateKind.CashBid or RateKind.CashAsk or RateKind.CoinBid or RateKind.CoinAsk)
            && context.Profile.Calendar.Cadence is Cadence.Daily or Cadence.Live
            ? Math.Max(Narrowest, Volatility.Limit(row.Pair, row.Kind, 1))
            : BesideTheMarket;
}
