using Rates.Core;

namespace Rates.Api;

/// <summary>Computes the rates of one base, day by day, from the rates that a provider published in one year.</summary>
/// <remarks>
/// A rate is the same as <see cref="CrossRates"/> of the whole day gives. It is made of the pairs between base, quotes and pivot alone
/// where it is published, inverted or crossed through the pivot, because other pairs cannot change such a rate.
/// </remarks>
internal sealed class YearRates
{
    private readonly PackedFigures _figures;
    private readonly Currency _base;
    private readonly Currency _pivot;
    private readonly HashSet<Currency> _currencies;
    private readonly HashSet<Currency> _alone;
    private readonly Dictionary<DateOnly, CrossRates> _few;
    private readonly Dictionary<DateOnly, CrossRates> _whole = [];

    /// <summary>Prepares the rates of a base.</summary>
    /// <param name="figures">The figures of the year.</param>
    /// <param name="base">The base.</param>
    /// <param name="quotes">The quotes that will be requested.</param>
    /// <param name="pivot">The provider's pivot; the default value for none.</param>
    public YearRates(PackedFigures figures, Currency @base, IEnumerable<Currency> quotes, Currency pivot)
    {
        (_figures, _base, _pivot) = (figures, @base, pivot);
        _currencies = [.. CurrenciesIn(figures)];
        List<Currency> asked = [.. quotes];
        _alone = [.. asked.Where(quote => figures.IsPublishedAlone(new(@base, quote)))];
        HashSet<Currency> few = [@base, pivot, .. asked.Where(quote => !_alone.Contains(quote))];
        _few = figures.Among(few).ToDictionary(day => day.Key, day => CrossRates.Of(day.Value, pivot));
    }

    /// <summary>Every currency of the year, in alphabetical order.</summary>
    public static IEnumerable<Currency> CurrenciesIn(PackedFigures figures) =>
        figures.Pairs.SelectMany(pair => new[] { pair.Base, pair.Quote }).Distinct().Order();

    /// <summary>The rate of the base in a quote on each day that has one, oldest first, as it is shown.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included.</param>
    public IEnumerable<HistoryRate> Of(Currency quote, DateOnly from, DateOnly to)
    {
        if (!_currencies.Contains(quote) || !_currencies.Contains(_base))
        {
            return [];
        }

        var pair = new CurrencyPair(_base, quote);
        var isPublished = _figures.IsPublishedAlone(pair);
        return (isPublished ? _figures.Published(pair, from, to) : null)
            ?? Found(pair, isPublished ? _figures.Published(pair) : [], from, to);
    }

    private IEnumerable<HistoryRate> Found(CurrencyPair pair, IReadOnlyList<PackedFigure> published, DateOnly from, DateOnly to)
    {
        var next = 0;
        foreach (var day in _figures.Days)
        {
            HistoryRate? rate = null;
            if (next < published.Count && published[next].Day == day)
            {
                var figure = published[next++];
                rate = figure.Rate > 0 ? new(day, figure.Rate, IsDerived: false, figure.IsUnconfirmed) : null;
            }

            if (day >= from && day <= to && (rate ?? Cross(pair, day)) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The rate of the base in a quote that the figures of one day give, unrounded; null when they give none.</summary>
    /// <param name="pair">The base and one of the quotes, which is another currency.</param>
    /// <param name="day">The day.</param>
    public CrossRate? Find(CurrencyPair pair, DateOnly day)
    {
        if (!_currencies.Contains(pair.Quote) || !_currencies.Contains(pair.Base))
        {
            return null;
        }

        return _alone.Contains(pair.Quote) && _figures.Published(pair, day) is { Rate: > 0 } figure
            ? new(pair, figure.Rate, day, figure.Kind, [new(figure, Inverted: false)])
            : CrossOn(pair, day);
    }

    /// <summary>Whether the figures of a day give any rate: a day may have prices alone that no rate is made of.</summary>
    public bool HasRates(DateOnly day) => _figures.HasPlainRate(day) || Whole(day).AsOf is not null;

    /// <summary>Whether some figure of a day is of the currency.</summary>
    public bool Has(Currency currency, DateOnly day) => _currencies.Contains(currency) && Whole(day).Has(currency);

    /// <summary>Frees the memory of the rates of other days, which are made again when they are asked for.</summary>
    /// <param name="days">The days that will be asked for.</param>
    public void KeepOnly(IReadOnlySet<DateOnly> days)
    {
        foreach (var other in _whole.Keys.Where(day => !days.Contains(day)).ToList())
        {
            _whole.Remove(other);
        }
    }

    private HistoryRate? Cross(CurrencyPair pair, DateOnly day) => CrossOn(pair, day) is not { } cross
        ? null
        : new(day, RateRounding.Shown(cross.Rate, cross.IsDerived), cross.IsDerived, cross.IsUnconfirmed);

    private CrossRate? CrossOn(CurrencyPair pair, DateOnly day) =>
        _few.GetValueOrDefault(day)?.Find(pair) is { } cross && IsSure(cross) ? cross : Whole(day).Find(pair);

    private CrossRates Whole(DateOnly day)
    {
        if (!_whole.TryGetValue(day, out var whole))
        {
            _whole[day] = whole = CrossRates.Of(_figures.Of(day), _pivot);
        }

        return whole;
    }

    // Over more legs, another pair of the day might be a shorter way.
    private bool IsSure(CrossRate cross) => cross.Legs.Count <= 1
        || (cross.Legs.Count == 2 && Has(cross.Legs[0], _pivot) && Has(cross.Legs[1], _pivot));

    private static bool Has(CrossLeg leg, Currency currency) => leg.Published.Pair.Base == currency || leg.Published.Pair.Quote == currency;
}

/// <summary>The rate of one pair on one day, computed for <c>/v1/history</c>.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Rate">Quote units for 1 base, as it is shown.</param>
/// <param name="IsDerived">True for a cross.</param>
/// <param name="IsUnconfirmed">True when it is made of a figure that no second source has confirmed.</param>
internal readonly record struct HistoryRate(DateOnly Day, decimal Rate, bool IsDerived, bool IsUnconfirmed)
{
    /// <summary>The day that the rate was published for; earlier than <see cref="Day"/> on a day that was filled.</summary>
    public DateOnly AsOf { get; init; } = Day;

    /// <summary>How many independent providers a combined rate is made of; 0 for the rate of one provider.</summary>
    public int Count { get; init; }
}
