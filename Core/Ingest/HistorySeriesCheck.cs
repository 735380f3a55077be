namespace Rates.Core;

/// <summary>
/// Checks past rates of one pair and kind, one day after another, beginning at the end of the series that is known to be right.
/// </summary>
/// <param name="rows">The figures, oldest first; at least one.</param>
/// <param name="context">Whose figures they are, and who may confirm them.</param>
internal sealed class HistorySeriesCheck(IReadOnlyList<Observation> rows, IngestContext context)
{
    /// <summary>A move of less is never doubted, however little the pair moves: figures are rounded, and fixed at changing hours.</summary>
    private const decimal SmallestSpike = 0.05m;

    /// <summary>A factor of a redenomination below this is as likely a change of level.</summary>
    private const decimal SmallestFactor = 5;

    private const decimal SmallestFit = 0.02m;
    private const decimal LargestFit = 0.2m;

    /// <summary>A spike is this many times as large as the usual move of the days around it: some weeks are wild.</summary>
    private const decimal WildMoves = 4;

    /// <summary>From how many of the nearest figures the usual move is computed, and how many moves that needs.</summary>
    private const int UsualDays = 10;
    private const int FewestMoves = 4;

    /// <summary>How many figures a spike has at most.</summary>
    private const int LongestSpike = 3;

    /// <summary>A redenomination explains a step when its day is this near.</summary>
    private const int DaysFromRedenomination = 31;

    private static readonly decimal[] PowersOfTen = [1e1m, 1e2m, 1e3m, 1e4m, 1e5m, 1e6m, 1e7m, 1e8m, 1e9m, 1e10m, 1e11m, 1e12m];

    private readonly List<RefusedObservation> _refused = [];

    /// <summary>Figures further apart are not compared.</summary>
    private readonly int _mostDays = HistoryRules.ComparableDays(context.Profile.Calendar.Cadence);

    /// <summary>The figures that are kept aside, each with its reason.</summary>
    /// <param name="stored">Stored figures of this pair and kind; those of days outside the rows count.</param>
    /// <param name="aside">Figures of this pair and kind that were kept aside before.</param>
    public IReadOnlyList<RefusedObservation> Refuse(IReadOnlyList<Observation> stored, IReadOnlyList<Observation> aside)
    {
        var (after, before) = (Nearest(stored, newer: true), Nearest(stored, newer: false));
        var shadow = Nearest(aside, newer: true);
        if (after is not null || shadow is not null)
        {
            Walk([.. rows.Reverse()], after, shadow, before);
        }
        else if (before is not null)
        {
            Walk(rows, before, null, null);
        }
        else
        {
            var start = Start();
            Walk([.. rows.Take(start).Reverse()], rows[start], null, null);
            Walk([.. rows.Skip(start + 1)], rows[start], null, null);
        }

        return _refused;
    }

    /// <summary>
    /// All figures with a reason, when two witnesses agree on another level at the newest day; empty else. For
    /// figures that nothing is stored beside.
    /// </summary>
    /// <param name="refused">Figures that are refused already, of any series.</param>
    public IReadOnlyList<RefusedObservation> RefuseFirst(IReadOnlyCollection<RefusedObservation> refused)
    {
        var left = rows.Where(row => !refused.Any(each => each.Observation.IsSameFigure(row))).ToList();
        return left.Count > 0 && FirstFigureRules.Judge(left[^1], context) == FirstFigure.Contradicted
            ? left.ConvertAll(row => new RefusedObservation(row, $"first {Of(left[^1])}: other providers agree on another figure"))
            : [];
    }

    /// <summary>
    /// Whether the level changes by more than passes by itself where the rows meet the stored figures after them, and no two witnesses
    /// confirm it. Within the rows such a change is one of the market; where two documents meet, one of them may be wrong.
    /// </summary>
    /// <param name="stored">Confirmed stored figures of this pair and kind.</param>
    public bool IsApartFrom(IReadOnlyList<Observation> stored)
    {
        var kept = rows.Where(row => !_refused.Exists(each => each.Observation.IsSameFigure(row))).ToList();
        return kept.Count > 0 && Nearest(stored, newer: true) is { } standing && IsClose(standing, kept[^1])
            && RateChange.IsBeyond(kept[^1].Rate, standing.Rate, Limit(kept[^1], standing))
            && Factor(kept[^1], standing) is null
            && !Corroboration.Confirms(kept[^1], standing, Corroboration.WidestAgreement, context);
    }

    /// <summary>Whether one of the figures is of a day of the rows, or so near to them that it is compared with them.</summary>
    public bool IsBeside(IEnumerable<Observation> figures) =>
        figures.Any(figure => figure.AsOf >= rows[0].AsOf.AddDays(-_mostDays) && figure.AsOf <= rows[^1].AsOf.AddDays(_mostDays));

    /// <summary>Where nothing is stored around the rows: the newest row that the two before it confirm, else the newest.</summary>
    private int Start()
    {
        for (var at = rows.Count - 1; at >= 2; at--)
        {
            if (IsNear(rows[at], rows[at - 1]) && IsNear(rows[at], rows[at - 2]))
            {
                return at;
            }
        }

        return rows.Count - 1;
    }

    private Observation? Nearest(IReadOnlyList<Observation> figures, bool newer) => figures
        .Where(figure => newer
            ? figure.AsOf > rows[^1].AsOf && IsClose(figure, rows[^1])
            : figure.AsOf < rows[0].AsOf && IsClose(figure, rows[0]))
        .OrderBy(figure => newer ? figure.AsOf.DayNumber : -figure.AsOf.DayNumber)
        .Cast<Observation?>().FirstOrDefault();

    /// <param name="way">The figures in the order of the walk.</param>
    /// <param name="standing">The figure that stands before the first; null for none.</param>
    /// <param name="shadow">A figure kept aside before the first; null for none.</param>
    /// <param name="end">The figure that stands after the last; null for none.</param>
    private void Walk(IReadOnlyList<Observation> way, Observation? standing, Observation? shadow, Observation? end)
    {
        for (var at = 0; at < way.Count; at++)
        {
            var row = way[at];
            var ahead = way.Skip(at + 1).Take(LongestSpike).Concat(at + LongestSpike >= way.Count && end is { } last ? [last] : []);
            if (Doubt(row, standing, shadow, ahead) is { } reason
                && !Corroboration.Confirms(row, standing, Corroboration.WidestAgreement, context))
            {
                _refused.Add(new(row, reason));
                shadow = row;
            }
            else
            {
                (standing, shadow) = (row, null);
            }
        }
    }

    private string? Doubt(Observation row, Observation? standing, Observation? shadow, IEnumerable<Observation> ahead)
    {
        var stands = standing is { } near && IsClose(row, near) ? near : (Observation?)null;
        if (stands is { } right && IsNear(row, right))
        {
            return null;
        }

        if (shadow is { } aside && IsNear(row, aside))
        {
            return $"step {Of(row)} goes on with what was kept aside of {aside.AsOf:yyyy-MM-dd}";
        }

        if (stands is not { } old)
        {
            return null;
        }

        if (IsInverted(row, old))
        {
            return $"inverted {Of(row)} is 1 / rate of {Of(old)}";
        }

        return Factor(row, old) is { } factor
            ? IsRedenomination(row, old, factor) ? null : $"step {Of(row)} is a factor of {ReasonText.Of(factor)} from {Of(old)}"
            : Spike(row, old, ahead);
    }

    private string? Spike(Observation row, Observation standing, IEnumerable<Observation> ahead) =>
        ahead.Where(later => IsNear(later, standing) && !IsNear(later, row)).Cast<Observation?>().FirstOrDefault() is { } back
            && Math.Min(Ratio(row, standing), Ratio(row, back)) - 1 > WildMoves * UsualMove(row)
            ? $"spike {Of(row)} lies apart from {Of(standing)} and {Of(back)}"
            : null;

    /// <summary>
    /// The middle one of the moves from day to day around <paramref name="row"/>, without its own; 0 where there are too few.
    /// </summary>
    private decimal UsualMove(Observation row)
    {
        var others = rows.Where(other => other.AsOf != row.AsOf && Math.Abs(other.AsOf.DayNumber - row.AsOf.DayNumber) <= _mostDays)
            .OrderBy(other => Math.Abs(other.AsOf.DayNumber - row.AsOf.DayNumber)).Take(UsualDays).OrderBy(other => other.AsOf).ToList();
        decimal[] moves = [.. others.Zip(others.Skip(1), (one, other) => Ratio(one, other) - 1).Order()];
        return moves.Length < FewestMoves ? 0 : moves[moves.Length / 2];
    }

    /// <summary>The power of ten or the factor of a redenomination that lies between the two; null for none.</summary>
    internal static decimal? Factor(Observation row, Observation standing)
    {
        var ratio = Ratio(row, standing);
        var fit = Math.Clamp(Limit(row, standing), SmallestFit, LargestFit);
        // What became the euro has factors that are no round numbers and belong to no pair of the euro in particular.
        var units = Redenominations(row.Pair).Select(each => each.Units).Where(each => each >= SmallestFactor && decimal.IsInteger(each));
        return PowersOfTen.Concat(units)
            .Where(factor => ratio > factor / (1 + fit) && ratio < factor * (1 + fit)).Cast<decimal?>().FirstOrDefault();
    }

    /// <summary>Published in the other direction: nearer to 1 / rate than a market comes by a move that is far larger than usual.</summary>
    private static bool IsInverted(Observation row, Observation standing) =>
        RateChange.IsBeyond(row.Rate, standing.Rate, Limit(row, standing))
            && RateChange.Ratio(row.Rate, 1 / standing.Rate) < 1 + SmallestFit;

    private static bool IsRedenomination(Observation row, Observation standing, decimal factor)
    {
        DateOnly[] days = [row.AsOf, standing.AsOf];
        var (from, until) = (days.Min().AddDays(-DaysFromRedenomination), days.Max().AddDays(DaysFromRedenomination));
        return Redenominations(row.Pair).Any(each => each.Units == factor && each.Day >= from && each.Day <= until);
    }

    private static IEnumerable<(DateOnly Day, decimal Units)> Redenominations(CurrencyPair pair) =>
        CurrencyRegistry.Redenominations(pair.Base).Concat(CurrencyRegistry.Redenominations(pair.Quote));

    private bool IsClose(Observation one, Observation other) => Math.Abs(one.AsOf.DayNumber - other.AsOf.DayNumber) <= _mostDays;

    private static bool IsNear(Observation one, Observation other) =>
        !RateChange.IsBeyond(one.Rate, other.Rate, Math.Max(SmallestSpike, Limit(one, other)));

    private static decimal Limit(Observation one, Observation other) =>
        Volatility.Limit(one.Pair, one.Kind, Math.Abs(one.AsOf.DayNumber - other.AsOf.DayNumber));

    private static decimal Ratio(Observation one, Observation other) => RateChange.Ratio(one.Rate, other.Rate);

    private static string Of(Observation row) => $"{row.Pair} {ReasonText.Of(row.Rate)} on {row.AsOf:yyyy-MM-dd}";
}
