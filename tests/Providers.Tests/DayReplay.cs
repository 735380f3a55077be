using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>
/// Takes a history through the ingest rules day after day, as scheduled fetches do. What is in doubt is held against the figures that the
/// other histories have of about that day, and against what was refused before.
/// </summary>
/// <param name="sources">All histories, in the order in which they are asked as witnesses.</param>
internal sealed class DayReplay(IReadOnlyList<RecordedHistory> sources)
{
    /// <summary>The most days between two publications that a sheet is still compared over.</summary>
    private const int LargestGap = 100;

    /// <summary>Older figures of another provider are not asked for.</summary>
    private const int OldestWitness = 14;

    /// <summary>Judges each of <paramref name="days"/>, the oldest first, against what stands from the days before it.</summary>
    public IEnumerable<DayVerdict> Run(RecordedHistory source, IEnumerable<List<Observation>> days)
    {
        RateSheet? standing = null;
        List<Observation> earlier = [];
        foreach (var day in days)
        {
            // What stands is forgotten where the recordings have a gap.
            standing = standing?.AsOf < day[0].AsOf.AddDays(-LargestGap) ? null : standing;
            var result = Judge(source, day, standing, earlier);
            yield return result;

            var verdict = result.Verdict;
            earlier.AddRange(
                verdict.SheetReasons.Count > 0 ? day : verdict.Refused.Where(row => row.IsFault).Select(row => row.Observation));
            if (verdict.SheetReasons.Count == 0)
            {
                var merged = SheetMerge.Merge(
                    standing?.Confirm(verdict.Confirmed), verdict.Accepted, source.Profile,
                    new(day[0].AsOf, new(18, 0), TimeSpan.Zero), null, null);
                standing = merged ?? standing;
            }
        }
    }

    /// <summary>Judges one day.</summary>
    /// <param name="source">Whose day it is.</param>
    /// <param name="day">Its figures.</param>
    /// <param name="standing">The sheet before it; null for the provider's first sheet.</param>
    /// <param name="earlier">What was refused before.</param>
    public DayVerdict Judge(RecordedHistory source, List<Observation> day, RateSheet? standing, IReadOnlyList<Observation> earlier)
    {
        var context = new IngestContext
        {
            Profile = source.Profile,
            Previous = standing,
            Today = day[0].AsOf,
            EarlierRefused = earlier,
        };
        var alone = IngestRules.Check(day, context);
        if (alone.Doubtful.Count + alone.SheetReasons.Count == 0)
        {
            return new(day[0].AsOf, alone, alone, 0);
        }

        var witnesses = Witnesses(source, alone.Doubtful, day[0].AsOf);
        return new(day[0].AsOf, alone, IngestRules.Check(day, context with { Witnesses = witnesses }), witnesses.Count);
    }

    // The newest figures that each source had published when this one published those of the day.
    private IReadOnlyList<Observation> Witnesses(RecordedHistory asked, IReadOnlyList<CurrencyPair> pairs, DateOnly day)
    {
        var witnesses = new IngestWitnesses(asked.Profile, pairs, day);
        foreach (var source in sources)
        {
            if (witnesses.Admits(source.Profile)
                && source.Newest(day.AddDays(DaysLate(asked) - DaysLate(source)), OldestWitness) is { } newest)
            {
                witnesses.Add(source.Profile, source.Crosses(newest));
            }
        }

        return witnesses.Rates;
    }

    private static int DaysLate(RecordedHistory source) =>
        source.Profile.Calendar is { Cadence: Cadence.Daily or Cadence.Live } calendar ? calendar.Lag : 0;
}

/// <summary>What the ingest rules say of one day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Alone">Without the figures of others.</param>
/// <param name="Verdict">With them.</param>
/// <param name="Witnesses">How many figures of others were asked for.</param>
internal sealed record DayVerdict(DateOnly Day, IngestVerdict Alone, IngestVerdict Verdict, int Witnesses)
{
    /// <summary>Rows that are refused only because of the figures of others.</summary>
    public IEnumerable<RefusedObservation> Alarms =>
        Verdict.Refused.ExceptBy(Alone.Refused.Select(row => row.Observation), row => row.Observation);

    /// <summary>Whether the whole day is refused only because of the figures of others.</summary>
    public bool IsRefusedByOthers => Alone.SheetReasons.Count == 0 && Verdict.SheetReasons.Count > 0;
}
