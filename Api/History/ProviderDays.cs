using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Gives one provider's entry of each day of a history, as <see cref="PastDayReader"/> reads it for that day, from years that are read
/// once. The days are asked for in order, oldest first.
/// </summary>
/// <param name="entry">The provider, with the latest rates that were known at the instant.</param>
/// <param name="knownAt">The rates are those that were known at this instant; null for those known now.</param>
/// <param name="now">The present instant.</param>
/// <param name="base">The base.</param>
/// <param name="quotes">The quotes that will be asked for; null for all.</param>
internal sealed class ProviderDays(
    ProviderEntry entry, DateTimeOffset? knownAt, DateTimeOffset now, Currency @base, IReadOnlyList<Currency>? quotes)
{
    private readonly List<(PackedFigures Figures, YearRates Rates, PackedFigures.NewestDays Newest)> _years = [];
    private readonly Dictionary<(CurrencyPair, RateKind), DateOnly> _newest = [];
    private readonly HashSet<Currency> _currencies = [.. entry.Rates?.Crosses.Currencies ?? []];
    private DateOnly? _until;
    private DateOnly _from;
    private DateOnly _oldest;
    private bool _hasNewer;
    private DayRates? _rates;

    /// <summary>
    /// The first day whose figures may be needed for the rates of some days and of all later ones; null where the entry has all.
    /// </summary>
    public DateOnly? FirstFor(FigureDays? days)
    {
        if (days is not { } some)
        {
            return null;
        }

        var past = PastOf(some);
        return past.SheetUnlessNewer is { } sheet && sheet.AsOf < past.From ? sheet.AsOf : past.From;
    }

    /// <summary>Every currency of the figures taken and of the latest sheet, in alphabetical order.</summary>
    public IEnumerable<Currency> Currencies => _currencies.Order();

    /// <summary>Takes later figures, without a gap after those taken before.</summary>
    public void Add(PackedFigures figures)
    {
        _years.RemoveAll(year => year.Figures.Days[^1] < _from);
        if (figures.Days.Length > 0)
        {
            // Of all quotes the whole days are crossed anyway.
            _currencies.UnionWith(YearRates.CurrenciesIn(figures));
            _years.Add((figures, new(figures, @base, quotes ?? [], entry.Stored.Profile.Pivot), figures.StartNewestDays()));
        }
    }

    /// <summary>The entry with its rates of some days.</summary>
    /// <param name="days">The days, no earlier than those asked for before; null for the entry as it is.</param>
    public ProviderEntry On(FigureDays? days)
    {
        if (days is not { } some)
        {
            return entry;
        }

        var past = PastOf(some);
        if (past.SheetUnlessNewer is { } sheet && !HasNewer(sheet.AsOf, some.To))
        {
            return entry.ForBlends(entry.Crosses, past.End, "", entry.IsShipped);
        }

        var rates = RatesOf(past.From, some.To);
        return entry.ForBlends(rates, past.End, rates is null ? past.WhyNothing : "", rates is { IsShipped: true });
    }

    private PastDay PastOf(FigureDays days) => new(entry, days, knownAt, now);

    private bool HasNewer(DateOnly newest, DateOnly day) =>
        _hasNewer |= newest < day && _years.Exists(year => year.Figures.HasDays(newest.AddDays(1), day));

    // The rates stay the same until a day with figures comes or the oldest day in use goes.
    private DayRates? RatesOf(DateOnly from, DateOnly to)
    {
        _from = from;
        if (_until is not { } until || _oldest < from || (until < to && _years.Exists(year => year.Figures.HasDays(until.AddDays(1), to))))
        {
            _rates = Make(from, to);
        }

        _until = to;
        return _rates;
    }

    private DayRates? Make(DateOnly from, DateOnly to)
    {
        var inUse = SheetMerge.DaysInUse(NewestOfEach(from, to), entry.Stored.Profile.Calendar.Cadence);
        _oldest = inUse.Count == 0 ? DateOnly.MaxValue : inUse.Min();

        // A day that is not in use now is in use on no later day either.
        _years.ForEach(year => year.Rates.KeepOnly(inUse));
        return inUse.Count == 0 ? null : new(
        [
            .. from day in inUse.OrderDescending()
               let rates = _years.Find(year => year.Figures.HasDays(day, day)).Rates
               where rates.HasRates(day)
               select (day, rates),
        ])
        {
            IsShipped = _years.Exists(year => year.Figures.ShippedDays.Overlaps(inUse)),
        };
    }

    // The newest day of each pair and kind; each day may come once only.
    private IReadOnlyCollection<DateOnly> NewestOfEach(DateOnly from, DateOnly to)
    {
        if (_years.Count(year => year.Figures.HasDays(from, to)) <= 1)
        {
            var days = new HashSet<DateOnly>();
            _years.ForEach(year => year.Newest.MoveTo(from, to, (_, day) => days.Add(day)));
            return days;
        }

        // Years come in order, so the last one has the newest day.
        _newest.Clear();
        _years.ForEach(year => year.Newest.MoveTo(from, to, (column, day) => _newest[column] = day));
        return _newest.Values;
    }

    /// <summary>The rates of the days in use, newest first.</summary>
    private sealed class DayRates((DateOnly Day, YearRates Rates)[] days) : ICrossRates
    {
        /// <summary>True when some of the rates ship with the product.</summary>
        public bool IsShipped { get; init; }

        public DateOnly? AsOf => days is [var newest, ..] ? newest.Day : null;

        public CrossRate? Find(CurrencyPair pair)
        {
            if (pair.Base == pair.Quote)
            {
                return Has(pair.Base) ? CrossRates.OfItself(pair, AsOf) : null;
            }

            foreach (var (day, rates) in days)
            {
                if (rates.Find(pair, day) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        public bool Has(Currency currency) => Array.Exists(days, one => one.Rates.Has(currency, one.Day));
    }
}
