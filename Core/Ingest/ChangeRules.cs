namespace Rates.Core;

/// <summary>
/// Checks a newly fetched rate against the provider's current one of its pair before it is stored: units, direction, mixed-up rows, size of
/// the change. A rate that fails is refused with a reason.
/// </summary>
/// <remarks>
/// The current figure is the newest of the previous sheet, then each accepted one. Days older than the current figure are not
/// compared. A refused change is accepted when two independent providers confirm the new level, or when the source has published the
/// same level on two earlier days and others do not contradict it, because pegs do break. An unconfirmed figure also gives way to one
/// that a single witness confirms. An accepted change of a notable size is refused when two others of the same day contradict it and no
/// two others confirm it; where no other has followed it, it is unconfirmed.
/// </remarks>
internal sealed class ChangeRules
{
    /// <summary>A change is a power of ten, or an inversion, when it differs from one by less than this fraction.</summary>
    private const decimal Fit = 0.02m;

    /// <summary>Between 1 / this and this (5 % from 1) a rate and its inverse cannot be distinguished.</summary>
    private const decimal Parity = 1.0513m;

    /// <summary>Largest correction of a fixing on its own day, as a fraction, that needs no witness.</summary>
    public const decimal LargestRevision = 0.02m;

    /// <summary>
    /// A witness contradicts from this many times a notable change: sources fix at different hours, and a market moves between them.
    /// </summary>
    private const decimal HoursApart = 1.5m;

    /// <summary>Figures with fewer significant digits may be equal by chance.</summary>
    private const int DigitsToCompare = 5;

    private readonly IngestContext _context;
    private readonly Func<Observation, Observation, (string Reason, decimal Limit)?>[] _rules;
    private readonly Dictionary<(CurrencyPair, RateKind), Observation> _current = [];
    private readonly ILookup<decimal, CurrencyPair> _currentByRate;
    private readonly HashSet<CurrencyPair> _unconfirmed;

    private ChangeRules(IngestContext context)
    {
        _context = context;
        _rules = [Scale, Inverted, Neighbour, Revision, Jump];
        foreach (var figure in (context.Previous?.Observations ?? []).OrderBy(figure => figure.AsOf))
        {
            _current[(figure.Pair, figure.Kind)] = figure;
        }

        _unconfirmed = [.. context.Previous?.Unconfirmed ?? []];
        _currentByRate = _current.Values.ToLookup(figure => figure.Rate, figure => figure.Pair);
    }

    /// <summary>The accepted rows, oldest first; the others are added to <paramref name="refused"/>.</summary>
    /// <param name="rows">Rows that the other rules accept.</param>
    /// <param name="context">The previous sheet, witnesses and earlier refusals.</param>
    /// <param name="refused">Receives the refused rows.</param>
    /// <param name="doubtful">Receives the pairs of changes of a notable size, accepted or not.</param>
    /// <param name="alone">
    /// Receives the pairs of accepted changes of a notable size that no witness has followed, each with the day of the first.
    /// </param>
    public static List<Observation> Sift(
        List<Observation> rows, IngestContext context, List<RefusedObservation> refused, HashSet<CurrencyPair> doubtful,
        Dictionary<CurrencyPair, DateOnly> alone)
    {
        var rules = new ChangeRules(context);
        var kept = new List<Observation>(rows.Count);
        foreach (var row in rows.OrderBy(row => row.AsOf))
        {
            if (rules.Refuse(row, doubtful, alone) is { } reason)
            {
                refused.Add(new(row, reason));
            }
            else
            {
                kept.Add(row);
                rules.Accept(row);
            }
        }

        return kept;
    }

    /// <summary>
    /// Whether two figures of a pair and kind are so near to each other that the change between them is not notable: the later one then
    /// confirms the earlier one.
    /// </summary>
    public static bool Agree(Observation one, Observation other)
    {
        var days = Math.Abs(one.AsOf.DayNumber - other.AsOf.DayNumber);
        return !Beyond(one, other, Volatility.Notable(one.Pair, one.Kind, days) * Volatility.Days(days));
    }

    private string? Refuse(Observation row, HashSet<CurrencyPair> doubtful, Dictionary<CurrencyPair, DateOnly> alone)
    {
        if (!_current.TryGetValue((row.Pair, row.Kind), out var old) || row.AsOf < old.AsOf || row.Rate == old.Rate || old.Rate <= 0
            || _context.IsStanding(row))
        {
            return null;
        }

        foreach (var rule in _rules)
        {
            if (rule(row, old) is var (reason, limit))
            {
                return Corroboration.Confirms(row, old, limit, _context) || GivesWay(old, row) ? null : reason;
            }
        }

        // Others' figures say nothing about the opening, the highest and the lowest price of a day, and these nothing about the pair.
        var notable = Volatility.Notable(row.Pair, row.Kind, row.AsOf.DayNumber - old.AsOf.DayNumber);
        if (!Headline.Takes(row.Kind) || !Beyond(row, old, notable))
        {
            return null;
        }

        doubtful.Add(row.Pair);
        if (Corroboration.Contradicts(row, old, HoursApart * notable, _context))
        {
            return $"contradicted {Change(row, old)}: two others keep to the old level";
        }

        if (!Agree(row, old) && !Corroboration.IsFollowed(row, old, HoursApart * notable, _context))
        {
            alone.TryAdd(row.Pair, row.AsOf);
        }

        return null;
    }

    /// <summary>
    /// Whether the current figure is unconfirmed still and one witness, or the shipped sheet, confirms the new figure and not it. Without a
    /// witness nobody can know which of the two is right, so the new one must be repeated as any other.
    /// </summary>
    private bool GivesWay(Observation old, Observation row) => _unconfirmed.Contains(row.Pair)
        && FirstFigureRules.Judge(row, _context) == FirstFigure.Confirmed
        && FirstFigureRules.Judge(old, _context) is FirstFigure.Unconfirmed or FirstFigure.Disputed;

    /// <summary>Only pairs with a current figure: the days of a first load are not compared with each other.</summary>
    private void Accept(Observation row)
    {
        if (_current.TryGetValue((row.Pair, row.Kind), out var old) && row.AsOf >= old.AsOf)
        {
            _current[(row.Pair, row.Kind)] = row;
        }
    }

    /// <summary>The change is a power of ten: published per another number of units.</summary>
    private static (string, decimal)? Scale(Observation row, Observation old)
    {
        var (factor, power) = (RateChange.Ratio(row.Rate, old.Rate), 1m);
        for (var zeros = 1; zeros <= 12; zeros++)
        {
            power *= 10;
            if (factor > power * (1 - Fit) && factor < power * (1 + Fit))
            {
                return ($"scale {Change(row, old)} is a factor of {(row.Rate > old.Rate ? "" : "1/")}{ReasonText.Of(power)}",
                    JumpLimit(row, old));
            }
        }

        return null;
    }

    /// <summary>The new rate is 1 / the old one: published in the other direction.</summary>
    private static (string, decimal)? Inverted(Observation row, Observation old) =>
        RateChange.Ratio(old.Rate, 1) > Parity && RateChange.Ratio(row.Rate, 1 / old.Rate) < 1 + Fit
            ? ($"inverted {Change(row, old)} is 1 / rate", JumpLimit(row, old))
            : null;

    /// <summary>
    /// The new rate has the digits of another pair's current rate: rows or columns are mixed up. Only for changes of more than half
    /// the jump limit, because two pairs may be equal by chance.
    /// </summary>
    private (string, decimal)? Neighbour(Observation row, Observation old) =>
        Beyond(row, old, JumpLimit(row, old) / 2)
            && Precision.SignificantDigits(row.Rate) >= DigitsToCompare
            && _currentByRate[row.Rate].Where(pair => pair != row.Pair).Cast<CurrencyPair?>().FirstOrDefault() is { } other
            ? ($"neighbour {Change(row, old)} is what {other} was", JumpLimit(row, old))
            : null;

    /// <summary>Another figure for the same day. Only for fixings: prices and live sources change during the day.</summary>
    private (string, decimal)? Revision(Observation row, Observation old) =>
        row.AsOf == old.AsOf && IsFixing(row.Kind, _context.Profile) && Beyond(row, old, LargestRevision)
            ? ($"revision {Change(row, old)} of the same day is more than {ReasonText.Percent(LargestRevision)}", LargestRevision)
            : null;

    /// <summary>Whether a figure of the kind is published once for its day, so that another one for the same day is a correction.</summary>
    public static bool IsFixing(RateKind kind, ProviderProfile profile) =>
        kind is RateKind.Reference or RateKind.Official or RateKind.Average && profile.Calendar.Cadence != Cadence.Live;

    private static (string, decimal)? Jump(Observation row, Observation old)
    {
        var limit = JumpLimit(row, old);
        var days = Math.Max(row.AsOf.DayNumber - old.AsOf.DayNumber, 1);
        return Beyond(row, old, limit) ? ($"jump {Change(row, old)} is more than {ReasonText.Percent(limit)} in {days} days", limit) : null;
    }

    private static decimal JumpLimit(Observation row, Observation old) =>
        Volatility.Limit(row.Pair, row.Kind, row.AsOf.DayNumber - old.AsOf.DayNumber);

    private static bool Beyond(Observation row, Observation old, decimal limit) => RateChange.IsBeyond(row.Rate, old.Rate, limit);

    private static string Change(Observation row, Observation old) =>
        $"{row.Pair} {ReasonText.Of(old.Rate)} on {old.AsOf:yyyy-MM-dd} to {ReasonText.Of(row.Rate)} on {row.AsOf:yyyy-MM-dd}";
}
