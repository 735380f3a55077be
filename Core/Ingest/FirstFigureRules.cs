namespace Rates.Core;

/// <summary>
/// Compares the first rates of a pair that a provider publishes with those of other providers; contradicted pairs are refused, the others
/// may stay unconfirmed.
/// </summary>
internal static class FirstFigureRules
{
    /// <summary>A contradiction is not seen within this fraction.</summary>
    private const decimal Narrowest = 0.05m;

    /// <summary>
    /// A witness within this fraction confirms a figure of the market; two that are further away do not contradict it yet.
    /// </summary>
    private const decimal Agreement = 0.03m;

    /// <summary>
    /// Rates beside the market may differ from it by this fraction: administered and parallel ones, monthly ones, averages.
    /// </summary>
    private const decimal BesideTheMarket = 2m;

    /// <summary>
    /// Removes from <paramref name="rows"/> the pairs that others contradict, with all their days, and adds them to
    /// <paramref name="refused"/>. Only pairs without a current figure are looked at.
    /// </summary>
    /// <param name="rows">The accepted rows.</param>
    /// <param name="context">The previous sheet and witnesses.</param>
    /// <param name="refused">Receives the refused rows.</param>
    /// <param name="doubtful">Receives the pairs that no witness has confirmed, although a second sheet may have.</param>
    /// <returns>Pairs that stay and that nobody has confirmed; empty for none.</returns>
    public static IReadOnlyList<CurrencyPair> Sift(
        List<Observation> rows, IngestContext context, List<RefusedObservation> refused, HashSet<CurrencyPair> doubtful)
    {
        var known = (context.Previous?.Observations ?? []).Select(figure => figure.Pair).ToHashSet();
        known.ExceptWith(context.Previous?.Unconfirmed ?? []);
        var unconfirmed = new List<CurrencyPair>();
        foreach (var pair in rows.Where(row => !known.Contains(row.Pair)).GroupBy(row => row.Pair).ToList())
        {
            var newest = pair.GroupBy(row => row.Kind).Select(kind => kind.MaxBy(row => row.AsOf)).ToList();
            var verdicts = newest.ConvertAll(row => Judge(row, context));
            if (verdicts.Contains(FirstFigure.Contradicted))
            {
                var row = newest[verdicts.IndexOf(FirstFigure.Contradicted)];
                var reason = $"first {pair.Key} {ReasonText.Of(row.Rate)} on {IsoText.Of(row.AsOf)}: "
                    + "other providers agree on another figure";
                refused.AddRange(pair.Select(each => new RefusedObservation(each, reason)));
                rows.RemoveAll(each => each.Pair == pair.Key);
            }
            else if (!verdicts.Contains(FirstFigure.Confirmed))
            {
                doubtful.Add(pair.Key);
                if (verdicts.Contains(FirstFigure.Disputed) || !IsSecondSheet(pair.Key, newest, context))
                {
                    unconfirmed.Add(pair.Key);
                }
            }
        }

        // What the candidate does not mention stays as it was.
        unconfirmed.AddRange((context.Previous?.Unconfirmed ?? []).Where(pair => !rows.Exists(row => row.Pair == pair)));
        return unconfirmed;
    }

    /// <summary>
    /// A later day that the rules of change have accepted is a second sheet that agrees with the first. Where every witness is far from
    /// both, that is no proof.
    /// </summary>
    private static bool IsSecondSheet(CurrencyPair pair, List<Observation> newest, IngestContext context) =>
        context.Previous is { } previous && previous.Observations.Where(figure => figure.Pair == pair).ToList() is { Count: > 0 } before
            && newest.Max(row => row.AsOf) > before.Max(figure => figure.AsOf);

    /// <summary>What witnesses say of a figure, by the distances that its kind and source allow.</summary>
    public static FirstFigure Judge(Observation row, IngestContext context) => context.IsStanding(row)
        ? FirstFigure.Confirmed
        : IsOfTheMarket(row, context)
        ? Corroboration.Judge(row, Agreement, Math.Max(Narrowest, Volatility.Limit(row.Pair, row.Kind, 1)), context)
        : Corroboration.Judge(row, IsPublished(row, context) ? Agreement : BesideTheMarket, BesideTheMarket, context);

    /// <summary>A figure that is published, and unconfirmed: the level before a wrong change must not confirm it.</summary>
    private static bool IsPublished(Observation row, IngestContext context) =>
        context.Previous?.Observations.Any(row.IsSameFigure) ?? false;

    private static bool IsOfTheMarket(Observation row, IngestContext context) =>
        context.Profile.Category is ProviderCategory.Reference or ProviderCategory.Market
            && row.Kind is not (RateKind.Segment or RateKind.Parallel or RateKind.Legacy
                or RateKind.CashMid or RateKind.CashBid or RateKind.CashAsk or RateKind.CoinBid or RateKind.CoinAsk)
            && context.Profile.Calendar.Cadence is Cadence.Daily or Cadence.Live;
}
