namespace Rates.Core;

/// <summary>One provider's headline figures of one day, as a graph from currency to currency.</summary>
internal sealed class DayGraph(DateOnly day, Currency pivot)
{
    private readonly Dictionary<CurrencyPair, Observation> _published = [];

    /// <summary>
    /// Each pair of neighbours in both directions, both from the same figure: where a source publishes both directions, derived
    /// rates take the one with more digits, so that they agree among themselves.
    /// </summary>
    private readonly Dictionary<CurrencyPair, CrossLeg> _legs = [];

    /// <summary>Laid out at the first search: most pairs need none. Two threads may both do it, to the same end.</summary>
    private Dictionary<Currency, Currency[]>? _neighbours;

    /// <summary>The day of all its figures.</summary>
    public DateOnly Day => day;

    /// <summary>Takes one figure, above zero, of two different currencies. All are taken before the first search.</summary>
    public void Add(Observation figure)
    {
        _published[figure.Pair] = figure;
        if (_legs.TryGetValue(figure.Pair, out var other) && Precision.SignificantDigits(other.Published.Rate) >= Precision.SignificantDigits(figure.Rate))
        {
            return;
        }

        _legs[figure.Pair] = new(figure, Inverted: false);
        _legs[figure.Pair.Inverse] = new(figure, Inverted: true);
    }

    /// <summary>Published, else turned round, else through the pivot, else over the fewest legs; null when there is no way.</summary>
    public CrossRate? Find(CurrencyPair pair)
    {
        if (_published.TryGetValue(pair, out var figure))
        {
            return new(pair, figure.Rate, day, figure.Kind, [new(figure, Inverted: false)]);
        }

        return Way(pair) is { } legs && ExactRate.Along(legs) is { } rate ? new(pair, rate, day, KindOf(legs), legs) : null;
    }

    private CrossLeg[]? Way(CurrencyPair pair)
    {
        if (_legs.TryGetValue(pair, out var only))
        {
            return [only];
        }

        return _legs.TryGetValue(new(pair.Base, pivot), out var toPivot) && _legs.TryGetValue(new(pivot, pair.Quote), out var fromPivot)
            ? [toPivot, fromPivot]
            : Shortest(pair);
    }

    /// <summary>
    /// The way with the fewest legs; of several, the one whose currencies come first in the alphabet, always searched from the
    /// same end, so that a pair and its inverse travel the same way.
    /// </summary>
    private CrossLeg[]? Shortest(CurrencyPair pair)
    {
        var (from, to) = pair.Base.CompareTo(pair.Quote) < 0 ? (pair.Base, pair.Quote) : (pair.Quote, pair.Base);
        var neighbours = _neighbours ??= _legs.Keys.GroupBy(leg => leg.Base, leg => leg.Quote).ToDictionary(each => each.Key, each => each.Order().ToArray());
        if (!neighbours.ContainsKey(from) || !neighbours.ContainsKey(to))
        {
            return null;
        }

        var cameFrom = new Dictionary<Currency, Currency> { [from] = default };
        var queue = new Queue<Currency>([from]);
        while (!cameFrom.ContainsKey(to) && queue.TryDequeue(out var here))
        {
            foreach (var next in neighbours[here])
            {
                if (cameFrom.TryAdd(next, here))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return cameFrom.ContainsKey(to) ? Travelled(pair, to, cameFrom) : null;
    }

    private CrossLeg[] Travelled(CurrencyPair pair, Currency to, Dictionary<Currency, Currency> cameFrom)
    {
        // Walked from the far end, the legs come out as to -> from.
        var legs = new List<CrossLeg>();
        for (var here = to; !cameFrom[here].IsNone; here = cameFrom[here])
        {
            legs.Add(pair.Base == to ? _legs[new(here, cameFrom[here])] : _legs[new(cameFrom[here], here)]);
        }

        if (pair.Base != to)
        {
            legs.Reverse();
        }

        return [.. legs];
    }

    private static RateKind KindOf(CrossLeg[] legs)
    {
        var kind = Turned(legs[0]);
        var mixed = false;
        foreach (var leg in legs.AsSpan(1))
        {
            mixed |= Turned(leg) != kind;
            kind = (RateKind)Math.Max((int)kind, (int)Turned(leg));
        }

        // A bid of one leg and an ask of the other make neither side.
        return mixed && kind is >= RateKind.Bid and <= RateKind.CashAsk ? RateKind.Mid : kind;
    }

    /// <summary>Who buys the one sells the other: a bid turned round is an ask.</summary>
    private static RateKind Turned(CrossLeg leg) => leg.Inverted
        ? leg.Published.Kind switch
        {
            RateKind.Bid => RateKind.Ask,
            RateKind.Ask => RateKind.Bid,
            RateKind.CashBid => RateKind.CashAsk,
            RateKind.CashAsk => RateKind.CashBid,
            var kind => kind,
        }
        : leg.Published.Kind;
}
