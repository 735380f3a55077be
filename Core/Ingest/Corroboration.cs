namespace Rates.Core;

/// <summary>What lets a surprising figure through: others who say so too, or its publisher's persistence.</summary>
internal static class Corroboration
{
    private const int Enough = 2;

    /// <summary>Independent providers agree when within 5 %: they fix at other hours.</summary>
    private const decimal Agreement = 1.05m;

    /// <summary>A publisher repeats itself when within 1 %.</summary>
    private const decimal Repetition = 1.01m;

    /// <summary>A witness may be this many days off: a long weekend here is none there.</summary>
    private const int DaysApart = 4;

    /// <summary>Whether two witnesses, or two earlier refused publications of the source itself, say the same.</summary>
    public static bool Confirms(Observation row, IngestContext context) => HasWitnesses(row, context) || IsRepeated(row, context);

    private static bool HasWitnesses(Observation row, IngestContext context) => context.Witnesses.Count(witness =>
        witness.Rate > 0 && Math.Abs(witness.AsOf.DayNumber - row.AsOf.DayNumber) <= DaysApart
        && ((witness.Pair == row.Pair && Agree(row.Rate, witness.Rate, Agreement)) || (witness.Pair == row.Pair.Inverse && Agree(row.Rate, 1 / witness.Rate, Agreement)))) >= Enough;

    private static bool IsRepeated(Observation row, IngestContext context) => context.EarlierRefused
        .Where(earlier => earlier.Pair == row.Pair && earlier.Kind == row.Kind && earlier.AsOf < row.AsOf && Agree(row.Rate, earlier.Rate, Repetition))
        .Select(earlier => earlier.AsOf).Distinct().Count() >= Enough;

    /// <summary>The row has passed the range, the other may be anything that was once refused: it is multiplied only when it is small enough.</summary>
    private static bool Agree(decimal row, decimal other, decimal within) => other <= row * within && row <= other * within;
}
