namespace Rates.Core;

/// <summary>Decides whether other providers, or earlier publications of the same provider, confirm a doubtful figure.</summary>
internal static class Corroboration
{
    private const int Enough = 2;

    /// <summary>Two providers agree when they are within 5 %, because they publish at different hours.</summary>
    private const decimal Agreement = 1.05m;

    /// <summary>Two publications of one provider agree at least when they are within 1 %.</summary>
    private const decimal Repetition = 0.01m;

    /// <summary>Most days between a witness and the figure: long weekends differ between countries.</summary>
    private const int DaysApart = 4;

    /// <summary>
    /// Whether two witnesses, or refused publications of enough earlier days of the provider itself, agree with <paramref name="row"/>.
    /// </summary>
    public static bool Confirms(Observation row, IngestContext context) => HasWitnesses(row, context) || IsRepeated(row, context);

    /// <summary>
    /// How many refused publications of earlier days confirm one that says the same: two days, but one month or quarter, because a
    /// devaluation must not be held back for a season.
    /// </summary>
    public static int EnoughRepetitions(Cadence cadence) => cadence is Cadence.Monthly or Cadence.Quarterly ? 1 : 2;

    private static bool HasWitnesses(Observation row, IngestContext context) => context.Witnesses.Count(witness =>
        witness.Rate > 0 && Math.Abs(witness.AsOf.DayNumber - row.AsOf.DayNumber) <= DaysApart
        && ((witness.Pair == row.Pair && Agree(row.Rate, witness.Rate, Agreement))
            || (witness.Pair == row.Pair.Inverse && Agree(row.Rate, 1 / witness.Rate, Agreement)))) >= Enough;

    private static bool IsRepeated(Observation row, IngestContext context) => context.EarlierRefused
        .Where(earlier => earlier.Pair == row.Pair && earlier.Kind == row.Kind && earlier.AsOf < row.AsOf
            && Agree(row.Rate, earlier.Rate, 1 + Drift(earlier, row)))
        .Select(earlier => earlier.AsOf).Distinct().Count() >= EnoughRepetitions(context.Profile.Calendar.Cadence);

    /// <summary>
    /// How far a new level may have moved between two publications that still say the same: half of what passes by itself in those days,
    /// as a fraction. A currency that has just been let float does not stand still.
    /// </summary>
    private static decimal Drift(Observation earlier, Observation row) =>
        Math.Max(Repetition, Volatility.Limit(row.Pair, row.Kind, row.AsOf.DayNumber - earlier.AsOf.DayNumber) / 2);

    /// <summary>
    /// Whether the two are within <paramref name="within"/> of each other. <paramref name="other"/> may be any decimal, because it may
    /// have been refused: it is multiplied only after it is known to be small enough.
    /// </summary>
    private static bool Agree(decimal row, decimal other, decimal within) => other <= row * within && row <= other * within;
}
