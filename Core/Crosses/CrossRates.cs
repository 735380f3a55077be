namespace Rates.Core;

/// <summary>
/// Every rate that one provider's figures give: as published, turned round, through the pivot, or over the fewest legs, all legs
/// of one day. Immutable; built once per sheet and safe to read from any thread.
/// </summary>
/// <remarks>
/// A published pair keeps its published digits. A derived one is (product of the legs along the way) / (product of those against
/// it), computed exactly and rounded once to the most digits a decimal holds. So A/B x B/A = 1 and, where the three are derived
/// from the same legs, A/B x B/C = A/C, to 20 significant digits for rates of 1e-9 or more.
/// </remarks>
public sealed class CrossRates
{
    private readonly DayGraph[] _days;

    private CrossRates(DayGraph[] days, IReadOnlyList<Currency> currencies) => (_days, Currencies) = (days, currencies);

    /// <summary>Every currency that stands in some pair, sorted. Two of them may still have no way between them.</summary>
    public IReadOnlyList<Currency> Currencies { get; }

    /// <summary>The newest day; null when there is no figure.</summary>
    public DateOnly? AsOf => _days is [var newest, ..] ? newest.Day : null;

    /// <summary>
    /// Takes one provider's observations of one day or more. Of several kinds the <see cref="Headline"/> counts; pass one kind
    /// to cross that kind. A figure of zero or less, or of a currency against itself, is passed over.
    /// </summary>
    /// <param name="observations">In any order.</param>
    /// <param name="pivot">The currency to go through first; none where the provider has none.</param>
    public static CrossRates Of(IReadOnlyList<Observation> observations, Currency pivot)
    {
        var days = new Dictionary<DateOnly, DayGraph>();
        var currencies = new SortedSet<Currency>();
        foreach (var figure in Headline.Each([.. observations]))
        {
            if (figure.Rate <= 0 || figure.Pair.Base == figure.Pair.Quote)
            {
                continue;
            }

            if (!days.TryGetValue(figure.AsOf, out var day))
            {
                days[figure.AsOf] = day = new(figure.AsOf, pivot);
            }

            day.Add(figure);
            currencies.Add(figure.Pair.Base);
            currencies.Add(figure.Pair.Quote);
        }

        return new([.. days.Values.OrderByDescending(day => day.Day)], [.. currencies]);
    }

    /// <summary>
    /// The rate of <paramref name="pair"/> on the newest day that gives it; null when none does. A currency against itself is 1,
    /// without legs, on the newest day.
    /// </summary>
    public CrossRate? Find(CurrencyPair pair)
    {
        if (pair.Base == pair.Quote)
        {
            return AsOf is { } newest ? new(pair, 1, newest, RateKind.Mid, []) : null;
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
}
