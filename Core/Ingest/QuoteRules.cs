using System.Runtime.InteropServices;

namespace Rates.Core;

/// <summary>
/// Checks newly fetched rates of one pair and day against each other: one of each kind, bid not above ask, mid between bid and ask.
/// </summary>
internal static class QuoteRules
{
    private const decimal WidestSpread = 0.25m;

    private static readonly (RateKind Below, RateKind Above)[] BothSides =
        [(RateKind.Bid, RateKind.Ask), (RateKind.CashBid, RateKind.CashAsk), (RateKind.CoinBid, RateKind.CoinAsk)];

    /// <summary>The accepted rows, each pair, day and kind once; the others are added to <paramref name="refused"/>.</summary>
    public static List<Observation> Sift(List<Observation> rows, List<RefusedObservation> refused)
    {
        var kept = new List<Observation>(rows.Count);
        foreach (var quote in rows.GroupBy(row => (row.Pair, row.AsOf)))
        {
            List<Observation> figures = [.. quote.GroupBy(row => row.Kind).SelectMany(same => One([.. same], refused))];
            foreach (var (below, above) in BothSides)
            {
                if (Sides(figures, below, above) is var (text, kinds))
                {
                    refused.AddRange(figures.Where(figure => kinds.Contains(figure.Kind))
                        .Select(figure => new RefusedObservation(figure, text)));
                    figures.RemoveAll(figure => kinds.Contains(figure.Kind));
                }
            }

            kept.AddRange(figures);
        }

        return kept;
    }

    /// <summary>
    /// One of several figures of one kind. Of equal numbers the one with the most digits; of different numbers the newest, and only when
    /// each has its own instant.
    /// </summary>
    private static IEnumerable<Observation> One(List<Observation> same, List<RefusedObservation> refused)
    {
        if (same.TrueForAll(row => row.Rate == same[0].Rate))
        {
            return [same.MaxBy(row => row.Rate.Scale)];
        }

        if (same.TrueForAll(row => row.At is not null) && same.Select(row => row.At).Distinct().Count() == same.Count)
        {
            return [same.MaxBy(row => row.At)];
        }

        var values = string.Join(" and ", same.Select(row => ReasonText.Of(row.Rate)).Distinct());
        refused.AddRange(same.ConvertAll(row => new RefusedObservation(row, $"duplicate {row.Pair} is {values} on one day")));
        return [];
    }

    /// <summary>The fault between two sides, and the kinds that are refused for it; null when there is none.</summary>
    private static (string Reason, RateKind[] Kinds)? Sides(List<Observation> figures, RateKind below, RateKind above)
    {
        if (Rate(figures, below) is not { } bid || Rate(figures, above) is not { } ask)
        {
            return null;
        }

        if (bid > ask)
        {
            return ($"crossed bid {ReasonText.Of(bid)} is above ask {ReasonText.Of(ask)}", [below, above]);
        }

        // For figures of one or two digits, such as 0.00004 and 0.00008, most of the spread may come from rounding.
        if (ask - Precision.HalfUnit(ask) - bid - Precision.HalfUnit(bid) > WidestSpread * MidRate.Of(bid, ask))
        {
            return (
                $"spread of {ReasonText.Of(bid)} to {ReasonText.Of(ask)} is more than {ReasonText.Percent(WidestSpread)}",
                [below, above]);
        }

        // A mid with fewer digits than the sides may have been rounded beyond one of them.
        return below == RateKind.Bid && Rate(figures, RateKind.Mid) is { } mid
            && (mid < bid - Precision.HalfUnit(mid) || mid > ask + Precision.HalfUnit(mid))
            ? ($"mid {ReasonText.Of(mid)} is outside {ReasonText.Of(bid)} to {ReasonText.Of(ask)}", [RateKind.Mid])
            : null;
    }

    private static decimal? Rate(List<Observation> figures, RateKind kind)
    {
        foreach (var figure in CollectionsMarshal.AsSpan(figures))
        {
            if (figure.Kind == kind)
            {
                return figure.Rate;
            }
        }

        return null;
    }
}
