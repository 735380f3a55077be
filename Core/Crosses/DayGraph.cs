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
    /// Each published pair in both directions, made of one figure. Where a source publishes both directions, derived rates use the
    /// figure with more digits, so that all derived rates agree with each other.
    /// </summary>
    private readonly Dictionary<int, Figure> _legs = [];

    /// <summary>Made at the first search, which most pairs do not need. Two threads may both make it; the results are equal.</summary>
    private Dictionary<Currency, Currency[]>? _neighbours;

    /// <summary>The day of all its figures.</summary>
    public DateOnly Day => day;

    /// <summary>Adds one figure: above zero, of two different currencies. To be called before the first search only.</summary>
    public void Add(Observation figure)
    {
        var made = new Figure(figure);
        _published[NumberOf(figure.Pair)] = made;
        if (_legs.TryGetValue(NumberOf(figure.Pair), out var other)
            && Precision.SignificantDigits(other.Published.Rate) >= Precision.SignificantDigits(figure.Rate))
        {
            return;
        }

        _legs[NumberOf(figure.Pair)] = made;
        _legs[NumberOf(figure.Pair.Inverse)] = made;
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

    private CrossLeg? LegOf(CurrencyPair pair) => _legs.TryGetValue(NumberOf(pair), out var figure)
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
        var neighbours = _neighbours ??= _legs.Keys
            .GroupBy(number => Currency.FromIndex((number / Numbers) - 1), number => Currency.FromIndex((number % Numbers) - 1))
            .ToDictionary(each => each.Key, each => each.Order().ToArray());
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
