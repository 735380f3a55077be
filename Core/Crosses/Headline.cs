namespace Rates.Core;

/// <summary>
/// Chooses the one rate of a pair and day to compute other pairs with (its headline), where a source publishes several kinds, such as bid,
/// ask and mid.
/// </summary>
/// <remarks>
/// In the order of <see cref="RateKind"/>: a published mid, else reference, official, last, close, average; else the exact mid of bid
/// and ask, else the one side that is there, of transfers before bills at sight before banknotes before coins; else segment, parallel,
/// legacy. The opening, the highest and the lowest price of a day and an index are never chosen.
/// </remarks>
public static class Headline
{
    /// <summary>True when a figure of the kind can be a headline.</summary>
    public static bool Takes(RateKind kind) => kind is not (RateKind.Open or RateKind.High or RateKind.Low or RateKind.Index);

    /// <summary>The headline among figures of one pair and day; null when there is none.</summary>
    public static Observation? Of(IEnumerable<Observation> samePairAndDay) =>
        Each([.. samePairAndDay]).Cast<Observation?>().FirstOrDefault();

    /// <summary>The headline of every pair and day of the sheet, ordered by pair, then newest day first.</summary>
    public static IReadOnlyList<Observation> Of(RateSheet sheet) => Each(sheet.Observations);

    /// <summary>The headline of every pair and day, ordered by pair, then newest day first.</summary>
    internal static Observation[] Each(IReadOnlyList<Observation> observations)
    {
        var sorted = Sorted(observations);
        var (headlines, count) = (new Observation[sorted.Length], 0);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            var first = sorted[start];
            end = start + 1;
            while (end < sorted.Length && sorted[end].Pair == first.Pair && sorted[end].AsOf == first.AsOf)
            {
                end++;
            }

            if (Takes(first.Kind))
            {
                headlines[count++] = WithOtherSide(sorted, start, end);
            }
        }

        if (count == headlines.Length)
        {
            return headlines;
        }

        var taken = new Observation[count];
        Array.Copy(headlines, taken, count);
        return taken;
    }

    // The figures of a stored sheet are sorted already.
    private static Observation[] Sorted(IReadOnlyList<Observation> observations)
    {
        if (observations is Observation[] array && IsSorted(array))
        {
            return array;
        }

        Observation[] sorted = [.. observations];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    private static bool IsSorted(Observation[] observations)
    {
        for (var place = 1; place < observations.Length; place++)
        {
            if (Compare(observations[place - 1], observations[place]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first figure; when it is a bid and there is an ask as well, the mid of the two.</summary>
    private static Observation WithOtherSide(Observation[] figures, int start, int end)
    {
        var first = figures[start];
        RateKind? other = first.Kind switch
        {
            RateKind.Bid => RateKind.Ask,
            RateKind.CashBid => RateKind.CashAsk,
            RateKind.CoinBid => RateKind.CoinAsk,
            _ => null,
        };
        for (var place = start; place < end; place++)
        {
            var figure = figures[place];
            if (figure.Kind == other)
            {
                return first with
                {
                    Rate = MidRate.Of(first.Rate, figure.Rate),
                    Kind = RateKind.Mid,
                    IsUnconfirmed = first.IsUnconfirmed || figure.IsUnconfirmed,
                };
            }
        }

        return first;
    }

    /// <summary>
    /// By pair, newest day, kind, newest instant; last by rate, so that the result does not depend on the caller's order.
    /// </summary>
    private static int Compare(Observation one, Observation other)
    {
        var order = one.Pair.CompareTo(other.Pair);
        order = order != 0 ? order : other.AsOf.CompareTo(one.AsOf);
        order = order != 0 ? order : one.Kind.CompareTo(other.Kind);
        order = order != 0 ? order : Nullable.Compare(other.At, one.At);
        return order != 0 ? order : one.Rate.CompareTo(other.Rate);
    }
}
