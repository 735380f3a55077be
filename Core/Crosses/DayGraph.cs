namespace Rates.Core;

/// <summary>
/// Finds how to compute any pair from one provider's published rates of one day: a graph in which published pairs join the currencies.
/// </summary>
internal sealed class DayGraph(DateOnly day, Currency pivot)
{
    // No currency is 0.
    private const int Numbers = Currency.Count + 1;

    // By number: what is generic over a type of our own is compiled when the program runs.
    private readonly Dictionary<int, Figure> _published = [];

    /// <summary>
    /// The figure that derived rates use, by both pairs, where a source publishes both directions: the one with more digits, so that all
    /// derived rates agree with each other. Null where none does.
    /// </summary>
    private Dictionary<int, Figure>? _chosen;

    /// <summary>Made at the first search, which most pairs do not need. Two threads may both make it; the results are equal.</summary>
    private Dictionary<Currency, Currency[]>? _neighbours;

    /// <summary>The day of all its figures.</summary>
    public DateOnly Day => day;

    /// <summary>Adds one figure: above zero, of two different currencies. To be called before the first search only.</summary>
    public void Add(Observation figure)
    {
        var made = new Figure(figure);
        _published[NumberOf(figure.Pair)] = made;
        if (_published.TryGetValue(NumberOf(figure.Pair.Inverse), out var other))
        {
            var isBetter = Precision.SignificantDigits(figure.Rate) > Precision.SignificantDigits(other.Published.Rate);
            _chosen ??= [];
            _chosen[NumberOf(figure.Pair)] = _chosen[NumberOf(figure.Pair.Inverse)] = isBetter ? made : other;
        }
    }

    /// <summary>The rate as published, else inverted, else through the pivot, else over the fewest legs; null when there is none.</summary>
    public CrossRate? Find(CurrencyPair pair)
    {
        if (_published.TryGetValue(NumberOf(pair), out var figure))
        {
            var published = figure.Published;
            return new(pair, published.Rate, day, published.Kind, [new(published, Inverted: false)]);
        }

        return LegsOf(pair) is { } legs && ExactRate.Of(legs) is { } rate ? new(pair, rate, day, KindOf(legs), legs) : null;
    }

    private CrossLeg[]? LegsOf(CurrencyPair pair)
    {
        if (LegOf(pair) is { } only)
        {
            return [only];
        }

        return LegOf(new(pair.Base, pivot)) is { } toPivot && LegOf(new(pivot, pair.Quote)) is { } fromPivot
            ? [toPivot, fromPivot]
            : Shortest(pair);
    }

    /// <summary>A pair that is published in one direction at least; null for any other.</summary>
    private CrossLeg? LegOf(CurrencyPair pair) =>
        (_chosen is not null && _chosen.TryGetValue(NumberOf(pair), out var figure))
        || _published.TryGetValue(NumberOf(pair), out figure) || _published.TryGetValue(NumberOf(pair.Inverse), out figure)
            ? new(figure.Published, Inverted: figure.Published.Pair != pair)
            : null;

    private static int NumberOf(CurrencyPair pair) => ((pair.Base.Index + 1) * Numbers) + pair.Quote.Index + 1;

    /// <summary>
    /// The path with the fewest legs; of several, the one whose currencies come first in the alphabet. It is always searched from the
    /// same end, so that a pair and its inverse use the same path.
    /// </summary>
    private CrossLeg[]? Shortest(CurrencyPair pair)
    {
        var (from, to) = pair.Base.CompareTo(pair.Quote) < 0 ? (pair.Base, pair.Quote) : (pair.Quote, pair.Base);
        var neighbours = _neighbours ??= _published.Values.SelectMany(one => new[] { one.Published.Pair, one.Published.Pair.Inverse })
            .GroupBy(leg => leg.Base, leg => leg.Quote).ToDictionary(each => each.Key, each => each.Distinct().Order().ToArray());
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

        return cameFrom.ContainsKey(to) ? LegsBack(pair, to, cameFrom) : null;
    }

    private CrossLeg[] LegsBack(CurrencyPair pair, Currency to, Dictionary<Currency, Currency> cameFrom)
    {
        // Collected backward, from the last currency to the first.
        var legs = new List<CrossLeg>();
        for (var here = to; !cameFrom[here].IsNone; here = cameFrom[here])
        {
            legs.Add(LegOf(pair.Base == to ? new(here, cameFrom[here]) : new(cameFrom[here], here))!.Value);
        }

        if (pair.Base != to)
        {
            legs.Reverse();
        }

        return [.. legs];
    }

    private static RateKind KindOf(CrossLeg[] legs)
    {
        var kind = DirectedKind(legs[0]);
        var mixed = false;
        foreach (var leg in legs.AsSpan(1))
        {
            mixed |= DirectedKind(leg) != kind;
            kind = (RateKind)Math.Max((int)kind, (int)DirectedKind(leg));
        }

        // The product of a bid and an ask is neither of the two.
        return mixed && kind is >= RateKind.Bid and <= RateKind.CoinAsk ? RateKind.Mid : kind;
    }

    /// <summary>The leg's kind in the direction used: an inverted bid is an ask and an inverted ask is a bid.</summary>
    private static RateKind DirectedKind(CrossLeg leg) => leg.Inverted
        ? leg.Published.Kind switch
        {
            RateKind.Bid or RateKind.SightBid => RateKind.Ask,
            RateKind.Ask => RateKind.Bid,
            RateKind.CashBid => RateKind.CashAsk,
            RateKind.CashAsk => RateKind.CashBid,
            RateKind.CoinBid => RateKind.CoinAsk,
            RateKind.CoinAsk => RateKind.CoinBid,
            var kind => kind,
        }
        : leg.Published.Kind;

    /// <summary>A published figure, one for both of its directions.</summary>
    private sealed class Figure(Observation published)
    {
        public Observation Published => published;
    }
}
