namespace Rates.Core;

/// <summary>Rules between a figure and the one that stands: units, direction, neighbours and plain size of a change.</summary>
/// <remarks>
/// What stands is the previous sheet's newest figure of the pair and kind, then each accepted one. Older days are history and
/// are not measured against the present. A change that is refused passes when two independent providers confirm the new level,
/// or when the source has said the same on two earlier days: pegs do break.
/// </remarks>
internal sealed class ChangeRules
{
    /// <summary>How closely a power of ten or an inverse must fit to be taken for one.</summary>
    private const decimal Fit = 0.02m;

    /// <summary>Rates within 5 % of 1 (e^0.05) look alike both ways round.</summary>
    private const decimal Parity = 1.0513m;

    /// <summary>A fixing is set once; a correction by more wants a second witness.</summary>
    private const decimal LargestRevision = 0.02m;

    /// <summary>Fewer digits meet by chance.</summary>
    private const int TellingDigits = 5;

    private readonly IngestContext _context;
    private readonly Func<Observation, Observation, string?>[] _rules;
    private readonly Dictionary<(CurrencyPair, RateKind), Observation> _standing = [];
    private readonly ILookup<decimal, CurrencyPair> _standingByRate;

    private ChangeRules(IngestContext context)
    {
        _context = context;
        _rules = [Scale, Inverted, Neighbour, Revision, Jump];
        foreach (var figure in context.Previous?.Observations ?? [])
        {
            if (!_standing.TryGetValue((figure.Pair, figure.Kind), out var newer) || newer.AsOf < figure.AsOf)
            {
                _standing[(figure.Pair, figure.Kind)] = figure;
            }
        }

        _standingByRate = _standing.Values.ToLookup(figure => figure.Rate, figure => figure.Pair);
    }

    /// <summary>The rows that may stay, oldest first; the others go to <paramref name="refused"/>.</summary>
    public static List<Observation> Sift(List<Observation> rows, IngestContext context, List<RefusedObservation> refused)
    {
        var rules = new ChangeRules(context);
        var kept = new List<Observation>(rows.Count);
        foreach (var row in rows.OrderBy(row => row.AsOf))
        {
            if (rules.Refuse(row) is { } reason && !Corroboration.Confirms(row, context))
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

    private string? Refuse(Observation row)
    {
        if (_standing.TryGetValue((row.Pair, row.Kind), out var old) && row.AsOf >= old.AsOf && row.Rate != old.Rate && old.Rate > 0)
        {
            foreach (var rule in _rules)
            {
                if (rule(row, old) is { } reason)
                {
                    return reason;
                }
            }
        }

        return null;
    }

    /// <summary>Only what continues a figure that stood: the days of a first load are not measured against each other.</summary>
    private void Accept(Observation row)
    {
        if (_standing.TryGetValue((row.Pair, row.Kind), out var old) && row.AsOf >= old.AsOf)
        {
            _standing[(row.Pair, row.Kind)] = row;
        }
    }

    /// <summary>Published per another number of units: off by a power of ten.</summary>
    private static string? Scale(Observation row, Observation old)
    {
        var (factor, power) = (Ratio(row.Rate, old.Rate), 1m);
        for (var zeros = 1; zeros <= 12; zeros++)
        {
            power *= 10;
            if (factor > power * (1 - Fit) && factor < power * (1 + Fit))
            {
                return $"scale {Change(row, old)} is a factor of {(row.Rate > old.Rate ? "" : "1/")}{Text.Of(power)}";
            }
        }

        return null;
    }

    /// <summary>The other way round: new x old is 1, where the two ways can be told apart.</summary>
    private static string? Inverted(Observation row, Observation old) =>
        Ratio(old.Rate, 1) > Parity && Ratio(row.Rate, 1 / old.Rate) < 1 + Fit ? $"inverted {Change(row, old)} is 1 / rate" : null;

    /// <summary>
    /// Another row's figure of last time, digit for digit: a column or a line has slipped. Only where the move is half as large
    /// as a jump: EUR/USD was once, by chance, what EUR/CAD had been.
    /// </summary>
    private string? Neighbour(Observation row, Observation old) =>
        Beyond(row, old, Volatility.Limit(row.Pair, row.Kind, row.AsOf.DayNumber - old.AsOf.DayNumber) / 2) && Precision.SignificantDigits(row.Rate) >= TellingDigits
            && _standingByRate[row.Rate].Where(pair => pair != row.Pair).Cast<CurrencyPair?>().FirstOrDefault() is { } other
            ? $"neighbour {Change(row, old)} is what {other} was"
            : null;

    /// <summary>The day's fixing again, with another figure. Prices and live sources move all day.</summary>
    private string? Revision(Observation row, Observation old) =>
        row.AsOf == old.AsOf && row.Kind is RateKind.Reference or RateKind.Official or RateKind.Average
            && _context.Profile.Calendar.Cadence != Cadence.Live && Beyond(row, old, LargestRevision)
            ? $"revision {Change(row, old)} of the same day is more than {Text.Percent(LargestRevision)}"
            : null;

    private static string? Jump(Observation row, Observation old)
    {
        var days = row.AsOf.DayNumber - old.AsOf.DayNumber;
        var limit = Volatility.Limit(row.Pair, row.Kind, days);
        return Beyond(row, old, limit) ? $"jump {Change(row, old)} is more than {Text.Percent(limit)} in {Math.Max(days, 1)} days" : null;
    }

    /// <summary>Whether the two differ by more than a fraction of the lower, even if both were rounded towards each other.</summary>
    private static bool Beyond(Observation row, Observation old, decimal limit)
    {
        var (low, high) = row.Rate < old.Rate ? (row.Rate, old.Rate) : (old.Rate, row.Rate);
        return high - Precision.HalfUnit(high) > (low + Precision.HalfUnit(low)) * (1 + limit);
    }

    /// <summary>The larger over the smaller.</summary>
    private static decimal Ratio(decimal one, decimal other) => one > other ? one / other : other / one;

    private static string Change(Observation row, Observation old) =>
        $"{row.Pair} {Text.Of(old.Rate)} on {old.AsOf:yyyy-MM-dd} to {Text.Of(row.Rate)} on {row.AsOf:yyyy-MM-dd}";
}
