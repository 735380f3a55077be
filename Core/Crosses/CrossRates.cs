namespace Rates.Core;

/// <summary>
/// Computes every rate that follows from one provider's published rates: as published, inverted, through the currency that all its pairs
/// have in common, or over the fewest other pairs, with all parts of one day. Immutable; built once per publication; any thread may read
/// it.
/// </summary>
/// <remarks>
/// A published pair keeps its published digits. A derived rate is (product of the legs) / (product of the inverted legs), computed
/// exactly and rounded once to the most digits that a decimal holds. So A/B x B/A = 1 and, where all three are derived from the same
/// legs, A/B x B/C = A/C, to 20 significant digits for rates of 1e-9 or more.
/// </remarks>
public sealed class CrossRates : ICrossRates
{
    private readonly DayGraph[] _days;

    private CrossRates(DayGraph[] days, IReadOnlyList<Currency> currencies, bool hasUnconfirmed) =>
        (_days, Currencies, HasUnconfirmed) = (days, currencies, hasUnconfirmed);

    /// <summary>Every currency of some pair, sorted. Between two of them there may still be no rate.</summary>
    public IReadOnlyList<Currency> Currencies { get; }

    /// <summary>True when some of the figures are unconfirmed.</summary>
    public bool HasUnconfirmed { get; }

    /// <inheritdoc/>
    public DateOnly? AsOf => _days is [var newest, ..] ? newest.Day : null;

    /// <summary>
    /// Makes the rates of one provider's observations of one day or more. Of several kinds the <see cref="Headline"/> is used; to cross
    /// another kind pass only that kind. Figures of zero or less and of a currency against itself are ignored.
    /// </summary>
    /// <param name="observations">In any order.</param>
    /// <param name="pivot">The currency that crosses go through first; the default value when the provider has none.</param>
    public static CrossRates Of(IReadOnlyList<Observation> observations, Currency pivot)
    {
        // Keyed by numbers: what is generic over a type of our own is compiled when the program runs.
        var days = new Dictionary<int, DayGraph>();
        List<int> currencies = [];
        var hasUnconfirmed = false;
        foreach (var figure in Headline.Each(observations))
        {
            if (figure.Rate <= 0 || figure.Pair.Base == figure.Pair.Quote)
            {
                continue;
            }

            if (!days.TryGetValue(figure.AsOf.DayNumber, out var day))
            {
                days[figure.AsOf.DayNumber] = day = new(figure.AsOf, pivot);
            }

            day.Add(figure);
            hasUnconfirmed |= figure.IsUnconfirmed;
            AddOnce(currencies, figure.Pair.Base.Index);
            AddOnce(currencies, figure.Pair.Quote.Index);
        }

        DayGraph[] newestFirst = [.. days.Values];
        Array.Sort(newestFirst, (one, other) => other.Day.CompareTo(one.Day));
        var sorted = new Currency[currencies.Count];
        for (var place = 0; place < sorted.Length; place++)
        {
            sorted[place] = Currency.FromIndex(currencies[place]);
        }

        return new(newestFirst, sorted, hasUnconfirmed);
    }

    // The list is sorted and stays so.
    private static void AddOnce(List<int> indexes, int index)
    {
        var place = indexes.BinarySearch(index);
        if (place < 0)
        {
            indexes.Insert(~place, index);
        }
    }

    /// <inheritdoc/>
    public CrossRate? Find(CurrencyPair pair)
    {
        if (pair.Base == pair.Quote)
        {
            return Has(pair.Base) ? OfItself(pair, AsOf) : null;
        }

        foreach (var day in _days)
        {
            if (day.Find(pair) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Has(Currency currency) => Currencies.Contains(currency);

    /// <summary>The rate of a currency against itself: 1, without legs. Only who has figures of the currency has it.</summary>
    /// <param name="pair">The currency, twice.</param>
    /// <param name="day">The newest day with a figure; null when there is none, and so no rate.</param>
    public static CrossRate? OfItself(CurrencyPair pair, DateOnly? day) =>
        day is { } newest ? new(pair, 1, newest, RateKind.Mid, []) : null;
}
