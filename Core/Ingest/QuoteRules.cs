using System.Runtime.InteropServices;

namespace Rates.Core;

/// <summary>Rules between the figures of one pair and day: no two of a kind, bid below ask, the middle in between.</summary>
internal static class QuoteRules
{
    private const decimal WidestSpread = 0.25m;

    /// <summary>The rows that may stay, each pair, day and kind once; the others go to <paramref name="refused"/>.</summary>
    public static List<Observation> Sift(List<Observation> rows, List<RefusedObservation> refused)
    {
        var kept = new List<Observation>(rows.Count);
        foreach (var quote in rows.GroupBy(row => (row.Pair, row.AsOf)))
        {
            List<Observation> figures = [.. quote.GroupBy(row => row.Kind).SelectMany(same => One([.. same], refused))];
            var reason = Sides(figures, RateKind.Bid, RateKind.Ask) ?? Sides(figures, RateKind.CashBid, RateKind.CashAsk);
            if (reason is var (text, kinds))
            {
                refused.AddRange(figures.FindAll(figure => kinds.Contains(figure.Kind)).ConvertAll(figure => new RefusedObservation(figure, text)));
                figures.RemoveAll(figure => kinds.Contains(figure.Kind));
            }

            kept.AddRange(figures);
        }

        return kept;
    }

    /// <summary>
    /// One of several figures of a kind: the same number said twice counts once, with the more digits; different numbers only
    /// if each names its instant, then the newest.
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

        var values = string.Join(" and ", same.Select(row => Text.Of(row.Rate)).Distinct());
        refused.AddRange(same.ConvertAll(row => new RefusedObservation(row, $"duplicate {row.Pair} is {values} on one day")));
        return [];
    }

    /// <summary>What is wrong between two sides, and which kinds it discredits; null when nothing is.</summary>
    private static (string Reason, RateKind[] Kinds)? Sides(List<Observation> figures, RateKind below, RateKind above)
    {
        if (Rate(figures, below) is not { } bid || Rate(figures, above) is not { } ask)
        {
            return null;
        }

        if (bid > ask)
        {
            return ($"crossed bid {Text.Of(bid)} is above ask {Text.Of(ask)}", [below, above]);
        }

        // Of one or two digits, as 0.00004 to 0.00008, most of the spread may be rounding.
        if (ask - Precision.HalfUnit(ask) - bid - Precision.HalfUnit(bid) > WidestSpread * MidRate.Of(bid, ask))
        {
            return ($"spread of {Text.Of(bid)} to {Text.Of(ask)} is more than {Text.Percent(WidestSpread)}", [below, above]);
        }

        // A middle with fewer digits than the sides may be rounded past one of them.
        return below == RateKind.Bid && Rate(figures, RateKind.Mid) is { } mid
            && (mid < bid - Precision.HalfUnit(mid) || mid > ask + Precision.HalfUnit(mid))
            ? ($"mid {Text.Of(mid)} is outside {Text.Of(bid)} to {Text.Of(ask)}", [RateKind.Mid])
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
