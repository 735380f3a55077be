namespace Rates.Core;

/// <summary>
/// Decides whether rates of other providers, or earlier publications of the same provider, confirm or contradict a doubtful new rate.
/// </summary>
internal static class Corroboration
{
    private const int Enough = 2;

    /// <summary>Two publications of one provider agree at least when they are within 1 %.</summary>
    private const decimal Repetition = 0.01m;

    /// <summary>Most days between a witness and the figure: long weekends differ between countries.</summary>
    private const int DaysApart = 4;

    /// <summary>Witnesses agree with a new level only within this fraction, however wide the limit is that was exceeded.</summary>
    public const decimal WidestAgreement = 0.05m;

    /// <summary>
    /// Whether two witnesses support the new figure, or the provider has published it on enough earlier days and witnesses do not
    /// contradict it.
    /// </summary>
    /// <param name="row">The new figure.</param>
    /// <param name="current">The figure it replaces; null when there is none.</param>
    /// <param name="limit">The limit that the change exceeds, as a fraction.</param>
    /// <param name="context">Witnesses and earlier publications.</param>
    /// <remarks>A witness supports the new figure when it is nearer to it than to the current one, and within the limit of it.</remarks>
    public static bool Confirms(Observation row, Observation? current, decimal limit, IngestContext context)
    {
        var (support, against) = (0, 0);
        foreach (var witness in WitnessesOf(row, context, -DaysApart))
        {
            var toNew = Difference(row.Rate, witness);
            var toOld = current is { } old ? Difference(old.Rate, witness) : decimal.MaxValue;
            support += toNew < toOld && toNew <= Math.Min(limit, WidestAgreement) ? 1 : 0;
            against += toOld < toNew ? 1 : 0;
        }

        return support >= Enough || (against < Enough && IsRepeated(row, context));
    }

    /// <summary>
    /// Whether two witnesses of the figure's own day, or later, are nearer to the current figure than to the new one and differ from
    /// the new one by more than <paramref name="limit"/>, while no two confirm the new one.
    /// </summary>
    /// <remarks>
    /// A few sources publish a day's figure on the day before, so some still have the old level after a real change: two that have the
    /// new one count for more, as they do in <see cref="Confirms"/>.
    /// </remarks>
    public static bool Contradicts(Observation row, Observation current, decimal limit, IngestContext context)
    {
        var (support, against) = (0, 0);
        foreach (var witness in WitnessesOf(row, context, 0))
        {
            var (toNew, toOld) = (Difference(row.Rate, witness), Difference(current.Rate, witness));
            support += toNew < toOld && toNew <= limit ? 1 : 0;
            against += toOld < toNew && toNew > limit ? 1 : 0;
        }

        return against >= Enough && support < Enough;
    }

    /// <summary>
    /// Whether one witness is nearer to the new figure than to the current one, and within <paramref name="limit"/> of it.
    /// </summary>
    public static bool IsFollowed(Observation row, Observation current, decimal limit, IngestContext context) =>
        WitnessesOf(row, context, -DaysApart).Any(witness =>
            Difference(row.Rate, witness) is var toNew && toNew <= limit && toNew < Difference(current.Rate, witness));

    /// <summary>Whether witnesses confirm or contradict the figure of a pair that has no confirmed figure.</summary>
    /// <param name="row">The figure.</param>
    /// <param name="agreement">One witness within this fraction of the figure confirms it.</param>
    /// <param name="limit">
    /// Two witnesses contradict the figure when all are further from it, and within this fraction of each other; one alone, or some that do
    /// not agree, dispute it.
    /// </param>
    /// <param name="context">The witnesses.</param>
    public static FirstFigure Judge(Observation row, decimal agreement, decimal limit, IngestContext context)
    {
        decimal[] others = [.. WitnessesOf(row, context, -DaysApart)];
        if (Array.Exists(others, witness => Difference(row.Rate, witness) <= agreement) || IsAsShipped(row, context))
        {
            return FirstFigure.Confirmed;
        }

        if (others.Length == 0 || !Array.TrueForAll(others, witness => Difference(row.Rate, witness) > limit))
        {
            return FirstFigure.Unconfirmed;
        }

        // Two that contradict the figure count only when they agree with each other.
        return others.Length >= Enough && Difference(others.Min(), others.Max()) <= limit ? FirstFigure.Contradicted : FirstFigure.Disputed;
    }

    private static bool IsAsShipped(Observation row, IngestContext context) => context.Shipped is { } shipped
        && shipped.Observations.Any(figure => figure.Pair == row.Pair && figure.Kind == row.Kind
            && Difference(row.Rate, figure.Rate) <= Volatility.Limit(
                row.Pair, row.Kind, Math.Abs(row.AsOf.DayNumber - figure.AsOf.DayNumber)));

    /// <summary>
    /// How many refused publications of earlier days confirm one with the same level: two days, but one month or quarter, because a
    /// devaluation must not be held back for a season.
    /// </summary>
    public static int EnoughRepetitions(Cadence cadence) => cadence is Cadence.Monthly or Cadence.Quarterly ? 1 : 2;

    private static bool IsRepeated(Observation row, IngestContext context) => context.EarlierRefused
        .Where(earlier => earlier.Pair == row.Pair && earlier.Kind == row.Kind && earlier.AsOf < row.AsOf
            && Difference(row.Rate, earlier.Rate) <= Drift(earlier, row))
        .Select(earlier => earlier.AsOf).Distinct().Count() >= EnoughRepetitions(context.Profile.Calendar.Cadence);

    /// <summary>
    /// How far a new level may have moved between two publications that still count as the same: half of what passes by itself in
    /// those days, as a fraction. The rate of a currency that was pegged until a few days ago moves from day to day.
    /// </summary>
    private static decimal Drift(Observation earlier, Observation row) =>
        Math.Max(Repetition, Volatility.Limit(row.Pair, row.Kind, row.AsOf.DayNumber - earlier.AsOf.DayNumber) / 2);

    /// <summary>
    /// The witnesses' rates in the row's direction, of days from <paramref name="earliest"/> to four days after the row's.
    /// </summary>
    private static IEnumerable<decimal> WitnessesOf(Observation row, IngestContext context, int earliest)
    {
        // Others publish the rate of the market, which says nothing about a rate beside it, nor about the opening, the highest and the
        // lowest price of a day.
        if (row.Kind is RateKind.Segment or RateKind.Parallel || !Headline.Takes(row.Kind))
        {
            yield break;
        }

        foreach (var witness in context.Witnesses)
        {
            if (Rate(witness, row, earliest) is { } rate)
            {
                yield return rate;
            }
        }

        foreach (var group in context.PastWitnesses)
        {
            var nearest = group.Where(figure => Rate(figure, row, earliest) is not null)
                .OrderBy(figure => Math.Abs(figure.AsOf.DayNumber - row.AsOf.DayNumber)).ThenBy(figure => figure.AsOf);
            foreach (var figure in nearest.Take(1))
            {
                yield return Rate(figure, row, earliest)!.Value;
            }
        }
    }

    /// <summary>The witness's rate in the row's direction; null when it is of another pair or of a day too far away.</summary>
    private static decimal? Rate(Observation witness, Observation row, int earliest) =>
        witness.AsOf.DayNumber - row.AsOf.DayNumber is var days && witness.Rate > 0 && days >= earliest && days <= DaysApart
            ? witness.Pair == row.Pair ? witness.Rate : witness.Pair == row.Pair.Inverse ? 1 / witness.Rate : null
            : null;

    /// <summary>
    /// How far two rates differ, as a fraction of the lower. Very large differences are cut off: a decimal could not hold them. Zero
    /// and what is below it differ that much from every rate.
    /// </summary>
    private static decimal Difference(decimal one, decimal other)
    {
        const decimal Most = 1_000_000_000_000m;
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return low <= high / Most ? Most : high / low - 1;
    }
}

/// <summary>Whether other providers confirm or contradict the first rate of a pair that a provider publishes.</summary>
internal enum FirstFigure
{
    /// <summary>A witness, or the shipped sheet, agrees.</summary>
    Confirmed,

    /// <summary>Nobody agrees, and nobody is far from it.</summary>
    Unconfirmed,

    /// <summary>Every witness is far from it, but there is only one, or they do not agree with each other.</summary>
    Disputed,

    /// <summary>Two witnesses or more agree with each other on another figure.</summary>
    Contradicted,
}
