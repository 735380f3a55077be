using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Collects one provider's rates of every day of a history. Each day has what <c>/v1/rates</c> answers for that day, with the day that the
/// rate was published for and a note where it is too old. A day without a rate has a note that states why.
/// </summary>
/// <param name="ask">What is asked for.</param>
/// <param name="index">Index of the provider.</param>
/// <param name="known">The provider, with the latest rates that were known at the instant that is asked for.</param>
/// <param name="now">The present instant.</param>
/// <param name="scopes">Knows which days answer for a day.</param>
internal sealed class FilledSeries(HistoryAsk ask, ushort index, ProviderEntry known, DateTimeOffset now, AnswerScopeReader scopes)
{
    private readonly ProviderEntry _entry = known;
    private readonly ushort[] _indexes = [index];
    private readonly Currency _base = CurrencyTable.At(ask.Query.Rates.Base);
    private readonly IReadOnlyList<Currency>? _quotes = ask.Query.Quotes;
    private readonly SortedDictionary<Currency, (RateSeries Rates, List<DayNote> Notes)> _byQuote = [];
    private readonly List<(Currency Quote, CrossRate Cross, HistoryRate Shown)> _rates = [];
    private ProviderDays? _days;
    private ICrossRates? _crosses;

    // Where no quotes are asked for, those that lack a rate on a day without any: the quotes of the last day with rates.
    private IReadOnlyList<Currency> _covered = CoveredBy(known, CurrencyTable.At(ask.Query.Rates.Base));
    private HashSet<string>? _reasons;

    // The same text for all quotes of a day, and for all days until the status changes.
    private (StalenessStatus Status, DateOnly Newest, string Text)? _note;

    private DateTimeOffset? KnownAt => ask.Query.Rates.KnownAt;

    /// <summary>The provider's status on the last day without a rate that a note explains; null for no such day.</summary>
    public StalenessStatus? LackStatus { get; private set; }

    /// <summary>Why there was no rate, where the notes of all days without one say the same; else null.</summary>
    public string? LackReason => _reasons is { Count: 1 } ? _reasons.First() : null;

    /// <summary>
    /// The first day whose figures the rates of some days need that were not given before; null when the book has all of them.
    /// </summary>
    /// <param name="first">The first of these days.</param>
    public DateOnly? FirstNeeded(DateOnly first)
    {
        if (_days is not null)
        {
            return first;
        }

        _days = new(_entry, KnownAt, now, _base, _quotes);
        return _days.FirstFor(scopes.DaysFor(ask.Policy, _entry, first));
    }

    /// <summary>Takes the figures of the next days.</summary>
    public void Add(PackedFigures figures) => _days!.Add(figures);

    /// <summary>Takes the rates of the next days, both included.</summary>
    public void Go(DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        for (var number = first.DayNumber; number <= last.DayNumber; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LongWork.Yield();
            var day = DateOnly.FromDayNumber(number);
            var entry = _days!.On(scopes.DaysFor(ask.Policy, _entry, day));
            if (!ReferenceEquals(entry.Crosses, _crosses))
            {
                _crosses = entry.Crosses;
                Find();
            }

            var measured = scopes.DayFor(ask.Policy, ask.Book, _indexes, day);
            foreach (var (quote, cross, shown) in _rates)
            {
                var series = SeriesOf(quote);
                series.Rates.Add(shown with { Day = day }, last.DayNumber - number + 1);
                if (NoteFor(entry, cross, measured) is { } note)
                {
                    series.Notes.Add(new(day, note, HasRate: true));
                }
            }

            AddLacking(entry, day);
        }
    }

    /// <summary>The series of the days since the last call.</summary>
    public IReadOnlyList<ReadySeries> Take()
    {
        IReadOnlyList<ReadySeries> series =
        [
            .. _byQuote.Select(one => ReadySeries.Of(
                _entry.Key, one.Key.Code, one.Value.Rates, ask.Query.Group, [], one.Value.Notes)),
        ];
        _byQuote.Clear();
        return series;
    }

    private (RateSeries Rates, List<DayNote> Notes) SeriesOf(Currency quote)
    {
        if (!_byQuote.TryGetValue(quote, out var series))
        {
            _byQuote[quote] = series = ([], []);
        }

        return series;
    }

    private static IReadOnlyList<Currency> CoveredBy(ProviderEntry entry, Currency @base) =>
        entry.Rates?.Crosses is { } crosses && crosses.Has(@base) ? [.. crosses.Currencies.Where(quote => quote != @base)] : [];

    private void AddLacking(ProviderEntry entry, DateOnly day)
    {
        var quotes = _quotes ?? (_crosses is null ? _covered : []);
        if (_rates.Count == quotes.Count)
        {
            return;
        }

        // A policy says of one provider's rate what it says of a combined one.
        var reason = ask.Policy is not null ? entry.WhyNot(new(_base, _base))
            : _crosses is null || _crosses.Has(_base) ? entry.WhyNoRate
            : entry.WhyNoBase;
        foreach (var quote in quotes)
        {
            if (!_rates.Exists(rate => rate.Quote == quote))
            {
                SeriesOf(quote).Notes.Add(new(day, reason, HasRate: false));
                LackStatus = entry.Status;
                (_reasons ??= new(StringComparer.Ordinal)).Add(reason);
            }
        }
    }

    // A currency in itself is 1 only where the provider has the currency, and stands only where it is asked for by name.
    private void Find()
    {
        _rates.Clear();
        if (_crosses is null)
        {
            return;
        }

        foreach (var quote in _quotes ?? [.. _days!.Currencies.Where(quote => quote != _base)])
        {
            if (_crosses.Find(new(_base, quote)) is { } cross && (quote != _base || _crosses.Has(_base)))
            {
                var shown = RateRounding.Shown(cross.Rate, cross.IsDerived);
                _rates.Add((quote, cross, new(cross.AsOf, shown, cross.IsDerived, cross.IsUnconfirmed)));
            }
        }

        _covered = _quotes is null ? [.. _rates.Select(rate => rate.Quote)] : _covered;
    }

    private string? NoteFor(ProviderEntry entry, CrossRate cross, DateOnly measured)
    {
        var note = NoteOf(entry, cross, measured);
        return !entry.IsShipped ? note : note is null ? EntryReasons.Shipped : $"{note}; {EntryReasons.Shipped}";
    }

    private string? NoteOf(ProviderEntry entry, CrossRate cross, DateOnly measured)
    {
        if (ask.Policy is not null)
        {
            return WitnessRule.NoteOfOne(PairBlend.CandidateOf(entry, cross), measured) is { Length: > 0 } note ? note : null;
        }

        if (entry is not { Status: StalenessStatus.Stale or StalenessStatus.Frozen or StalenessStatus.Retired, AsOf: { } newest })
        {
            return null;
        }

        if (_note is not { } known || known.Status != entry.Status || known.Newest != newest)
        {
            _note = known = (entry.Status, newest, WitnessRule.WhyOld(entry.Status, newest));
        }

        return known.Text;
    }
}
