using Rates.Core;

namespace Rates.Api;

/// <summary>Goes through the days of a history in order and combines the providers' rates of each.</summary>
/// <param name="ask">What is asked for, with a selection.</param>
/// <param name="entries">The providers, each with the latest rates that were known at the instant that is asked for.</param>
/// <param name="now">The present instant.</param>
/// <param name="scopes">Knows which providers and days answer for a day.</param>
internal sealed class BlendedWalk(HistoryAsk ask, ProviderEntry[] entries, DateTimeOffset now, AnswerScopeReader scopes)
{
    private readonly Selection _select = ask.Blend!.Value;
    private readonly ProviderDays?[] _providers = new ProviderDays?[ask.Book.Entries.Length];
    private readonly ProviderEntry[] _entries = new ProviderEntry[ask.Book.Entries.Length];
    private readonly List<QuoteBlends> _blends = BlendsOf(ask);
    private readonly List<(DateOnly Day, ushort[] Indexes)> _plan = [];
    private readonly List<QuoteBlends> _lacking = [];

    // Where no quotes are asked for, those that lack a rate on a day without any: the quotes of the last day with rates.
    private IReadOnlyList<QuoteBlends>? _covered;

    /// <summary>What is asked for.</summary>
    public HistoryAsk Ask => ask;

    /// <summary>The providers whose figures the planned days need.</summary>
    public IEnumerable<ushort> Needed => _plan.SelectMany(day => day.Indexes).Distinct();

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    private DateTimeOffset? KnownAt => ask.Query.Rates.KnownAt;

    /// <summary>The days of a provider, to be given its figures of the planned days.</summary>
    public ProviderDays DaysOf(ushort index) => _providers[index] ??= new(
        entries[index], KnownAt, now, CurrencyTable.At(ask.Query.Rates.Base), ask.Query.Quotes);

    /// <summary>Takes the next days, both included, to be gone through.</summary>
    public void Plan(DateOnly from, DateOnly to)
    {
        _plan.Clear();
        for (var number = from.DayNumber; number <= to.DayNumber; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            _plan.Add((day, scopes.IndexesFor(ask.Query.Rates, _select, ask.Policy, ask.Book, day)));
        }
    }

    /// <summary>The first day whose figures of a provider the planned days need; null when the book has all that they need.</summary>
    public DateOnly? FirstNeeded(ushort index)
    {
        var first = _plan[0].Day;
        return _providers[index] is not null ? first
            : DaysOf(index).FirstFor(scopes.DaysFor(ask.Policy, entries[index], first));
    }

    /// <summary>Combines the rates of the planned days.</summary>
    public void Go(CancellationToken cancellationToken)
    {
        foreach (var (day, indexes) in _plan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LongWork.Yield();
            foreach (var index in indexes)
            {
                _entries[index] = DaysOf(index).On(scopes.DaysFor(ask.Policy, entries[index], day));
            }

            var scope = new BlendScope
            {
                Entries = _entries,
                Indexes = indexes,
                Day = scopes.DayFor(ask.Policy, ask.Book, indexes, day),
                IsNamed = ask.IsNamed,
            };
            _lacking.Clear();
            foreach (var quote in _blends)
            {
                if (!quote.Add(day, scope))
                {
                    _lacking.Add(quote);
                }
            }

            if (ask.Query.AnswersEveryDay)
            {
                AddLacks(day, scope);
            }
        }
    }

    /// <summary>The series of the days since the last call.</summary>
    public IReadOnlyList<ReadySeries> Take() =>
    [
        .. _blends.Select(quote => quote.Take(ask.Query.Group)).OfType<ReadySeries>()
            .OrderBy(series => series.Quote, StringComparer.Ordinal),
    ];

    /// <summary>States which providers are used for nothing and which quotes have no rates, each with why.</summary>
    public void Explain(HistoryLack lack)
    {
        var nothing = ask.WhyNothing(Today);
        lack.Absent.AddRange(ask.Providers.SelectMany(index => Absent(ask.Book.Entries[index], nothing)));
        if (ask.Query.Quotes is not null)
        {
            lack.NotCovered.AddRange(
                _blends.Where(quote => !quote.HasAnswers)
                    .Select(quote => (quote.Quote, quote.HasLacks ? null : WhyNotCovered(quote, nothing))));
        }
    }

    // A day that no provider has a figure of is told with the reason, as /v1/rates tells it.
    private void AddLacks(DateOnly day, in BlendScope scope)
    {
        if (ask.Query.Quotes is null && _lacking.Count < _blends.Count)
        {
            _covered = [.. _blends.Except(_lacking)];
            return;
        }

        var hasFigures = HasFigures(scope);
        string? reason = null;
        foreach (var quote in ask.Query.Quotes is null ? _covered ??= Covered() : _lacking)
        {
            reason = reason is null || hasFigures ? WhyNoBlend.Of(quote.Pair, scope) : reason;
            quote.AddLack(day, reason);
        }
    }

    // Of the latest rates.
    private IReadOnlyList<QuoteBlends> Covered() =>
        [.. _blends.Where(quote => ask.Providers.Any(index => entries[index].Crosses?.Find(quote.Pair) is not null))];

    private static bool HasFigures(in BlendScope scope)
    {
        foreach (var index in scope.Indexes)
        {
            if (scope.Entries[index].Crosses is not null)
            {
                return true;
            }
        }

        return false;
    }

    // One provider's own reason is the reason.
    private string WhyNotCovered(QuoteBlends quote, string nothing) => ask.Providers is [var only]
        ? $"{RatesProblems.CoveredByNone}: {quote.WhyNotUsed(ask.Book.Entries[only].Key, nothing, ask.IsFuture(Today))}"
        : ask.IsFuture(Today) ? $"{RatesProblems.CoveredByNone}: {nothing}"
        : $"{RatesProblems.CoveredByNone} on these days";

    private static List<QuoteBlends> BlendsOf(HistoryAsk ask)
    {
        var @base = CurrencyTable.At(ask.Query.Rates.Base);
        var quotes = ask.Query.Quotes
            ?? Enumerable.Range(0, CurrencyTable.Count).Select(CurrencyTable.At).Where(quote => quote != @base);
        return [.. quotes.Select(quote => new QuoteBlends(new(@base, quote), ask.Blend!.Value, ask.Query.AnswersEveryDay))];
    }

    // A provider that was chosen is told with each requested quote that it gave nothing for; others only when they gave nothing at all.
    private IEnumerable<AbsentProvider> Absent(ProviderEntry entry, string nothing)
    {
        List<QuoteBlends> lacking = [.. _blends.Where(quote => !quote.Uses(entry.Key))];
        var isWhole = lacking.Count == _blends.Count;
        var isByQuote = ask.IsNamed && ask.Query.Quotes is not null;
        if (!isWhole && !isByQuote)
        {
            return [];
        }

        var status = entry.Status.ToText();
        var byReason = lacking.GroupBy(quote => quote.WhyNotUsed(entry.Key, nothing, ask.IsFuture(Today)), StringComparer.Ordinal).ToList();
        return isWhole && (byReason.Count == 1 || !isByQuote)
            ? [new(entry.Key, status, byReason.Select(one => one.Key).FirstOrDefault(reason => reason != nothing, nothing))]
            : byReason.Select(one => new AbsentProvider(entry.Key, status, one.Key)
            {
                Quotes = [.. one.Select(quote => quote.Quote).Order(StringComparer.Ordinal)],
            });
    }
}
