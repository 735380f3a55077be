namespace Rates.Core;

/// <summary>Checks a newly fetched publication as a whole: enough pairs, few faulty rows, no contradictions between its rates.</summary>
internal static class SheetRules
{
    private const decimal Coverage = 0.80m;
    private const decimal FaultyShare = 0.20m;

    /// <summary>With fewer pairs than this the coverage is not checked.</summary>
    private const int FewestToCompare = 5;

    /// <summary>Largest difference of A/B x B/A from 1, as a fraction, beyond rounding.</summary>
    private const decimal Contradiction = 0.001m;

    /// <summary>Largest difference of A/B x B/C from A/C, as a fraction, beyond rounding.</summary>
    private const decimal OpenTriangle = 0.01m;

    /// <summary>The reasons to refuse the whole sheet; empty when it is accepted.</summary>
    /// <param name="offered">Number of rows of the candidate.</param>
    /// <param name="rows">Rows accepted by the other rules.</param>
    /// <param name="refused">Rows refused by the other rules.</param>
    /// <param name="context">What the sheet is compared with.</param>
    public static IEnumerable<string> Refuse(int offered, List<Observation> rows, List<RefusedObservation> refused, IngestContext context)
    {
        if (rows.Count == 0)
        {
            return refused.Count > 0 ? [$"nothing of {offered} rows can be used; the first: {refused[0].Reason}"] : [];
        }

        return
        [
            .. Share(rows, refused), .. Shrunk(rows, refused, context), .. Misdated(rows, context),
            .. Contradictions(rows, context.Profile.Pivot),
        ];
    }

    /// <summary>
    /// More than a fifth of the rows are faulty: the source itself is wrong. A single faulty row never refuses the sheet.
    /// </summary>
    private static IEnumerable<string> Share(List<Observation> rows, List<RefusedObservation> refused)
    {
        var faults = refused.FindAll(FigureRules.IsFault);
        return faults.Count > 1 && faults.Count > FaultyShare * (rows.Count + faults.Count)
            ? [$"share {faults.Count} of {rows.Count + faults.Count} rows are at fault; the first: {faults[0].Reason}"]
            : [];
    }

    /// <summary>
    /// At least 80 % of the pairs of the previous sheet's newest day must be there for that day or a later one, accepted or refused. A
    /// source that publishes fewer pairs for good is accepted when it has published as few on two earlier days.
    /// </summary>
    private static IEnumerable<string> Shrunk(List<Observation> rows, List<RefusedObservation> refused, IngestContext context)
    {
        if (context.Previous is not { } previous || rows.Max(row => row.AsOf) < previous.AsOf)
        {
            return [];
        }

        var before = previous.Observations.Where(figure => figure.AsOf == previous.AsOf).Select(figure => figure.Pair).ToHashSet();
        var now = rows.Concat(refused.Select(refusal => refusal.Observation)).Where(row => row.AsOf >= previous.AsOf)
            .Select(row => row.Pair).ToHashSet();
        var expected = before.Count;
        before.IntersectWith(now);
        if (expected < FewestToCompare || before.Count >= Coverage * expected)
        {
            return [];
        }

        var asSmall = context.EarlierRefused.Where(earlier => earlier.AsOf < rows.Max(row => row.AsOf)).GroupBy(earlier => earlier.AsOf)
            .Count(day => day.Select(earlier => earlier.Pair).Distinct().Count(now.Contains) >= Coverage * now.Count);
        return asSmall >= Corroboration.EnoughRepetitions(context.Profile.Calendar.Cadence)
            ? []
            : [$"coverage {before.Count} of the {expected} pairs of {previous.AsOf:yyyy-MM-dd}"];
    }

    /// <summary>
    /// New fixings for nearly all pairs under the newest published day, when a later day is due: they are those of the later day, under
    /// the date of the day before.
    /// </summary>
    private static IEnumerable<string> Misdated(List<Observation> rows, IngestContext context)
    {
        if (context.Previous is not { Seeded: false } previous || context.Profile.Calendar.Cadence != Cadence.Daily
            || rows.Max(row => row.AsOf) != previous.AsOf || !IsLaterDayDue(previous.AsOf, context))
        {
            return [];
        }

        var before = previous.Observations.Where(figure => figure.AsOf == previous.AsOf).ToDictionary(figure => (figure.Pair, figure.Kind));
        var (known, changed) = (0, 0);
        foreach (var row in rows.Where(row => row.AsOf == previous.AsOf && ChangeRules.IsFixing(row.Kind, context.Profile)))
        {
            if (before.TryGetValue((row.Pair, row.Kind), out var old))
            {
                known++;
                changed += row.Rate != old.Rate ? 1 : 0;
            }
        }

        return known >= FewestToCompare && changed >= Coverage * known
            ? [$"date {changed} of {known} figures differ from those that were published for {IsoText.Of(previous.AsOf)}, "
                + "and a later day is due"]
            : [];
    }

    private static bool IsLaterDayDue(DateOnly day, IngestContext context)
    {
        var calendar = context.Profile.Calendar;
        return Staleness.Missed(day, calendar, LocalTime.Instant(context.Today, TimeOnly.MaxValue, LocalTime.Zone(calendar.Zone))) > 0;
    }

    /// <summary>Figures of one kind and day that contradict each other by more than their rounding explains.</summary>
    private static IEnumerable<string> Contradictions(List<Observation> rows, Currency pivot)
    {
        foreach (var day in rows.Where(IsMiddle).GroupBy(row => (row.AsOf, row.Kind)))
        {
            var published = day.ToDictionary(row => row.Pair, row => row.Rate);
            var hub = Hub(published.Keys, pivot);
            foreach (var (pair, rate) in published)
            {
                if (pair.Base.CompareTo(pair.Quote) < 0 && published.TryGetValue(pair.Inverse, out var inverse)
                    && Differ(rate * inverse, 1, Contradiction + Doubt(rate) + Doubt(inverse)))
                {
                    yield return
                        $"direction {pair} {ReasonText.Of(rate)} x {pair.Inverse} {ReasonText.Of(inverse)} is not 1 "
                        + $"on {day.Key.AsOf:yyyy-MM-dd}";
                }

                // A pair of the hub itself has no second leg.
                if (Leg(published, pair.Base, hub) is var (first, one) && Leg(published, hub, pair.Quote) is var (second, other)
                    && Differ(first * second, rate, OpenTriangle + Doubt(rate) + one + other))
                {
                    var through = ReasonText.Of(decimal.Round(first * second, 8));
                    yield return $"triangle {pair} {ReasonText.Of(rate)} is {through} through {hub} on {day.Key.AsOf:yyyy-MM-dd}";
                }
            }
        }
    }

    /// <summary>Whether the kind is the mid of a market. Decreed rates, and rates of one side, may contradict each other.</summary>
    private static bool IsMiddle(Observation row) =>
        row.Kind is RateKind.Mid or RateKind.Reference or RateKind.Last or RateKind.Close or RateKind.Average;

    /// <summary>
    /// The currency that triangles are computed through: the pivot, or the currency of most pairs when there is no pivot; of several
    /// such the first in the alphabet.
    /// </summary>
    private static Currency Hub(IEnumerable<CurrencyPair> pairs, Currency pivot) => pivot.IsNone
        ? pairs.SelectMany(pair => new[] { pair.Base, pair.Quote }).CountBy(code => code)
            .OrderBy(each => each.Key).MaxBy(each => each.Value).Key
        : pivot;

    private static (decimal Rate, decimal Doubt)? Leg(Dictionary<CurrencyPair, decimal> published, Currency from, Currency to) =>
        published.TryGetValue(new(from, to), out var rate) ? (rate, Doubt(rate))
        : published.TryGetValue(new(to, from), out rate) ? (1 / rate, Doubt(rate))
        : null;

    /// <summary>The largest rounding error as a fraction of the rate: 0.5 for 0.01.</summary>
    private static decimal Doubt(decimal rate) => Precision.HalfUnit(rate) / rate;

    private static bool Differ(decimal one, decimal other, decimal tolerance) =>
        RateChange.Ratio(one, other) > 1 + tolerance;
}
