using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Computes the rates that façades (interfaces of other services) answer: the same as <c>/v1/rates</c> and <c>/v1/history</c> answer, by
/// the same rules.
/// </summary>
internal sealed class FacadeRates(
    CurrentBook current, PastDayReader dated, HistoryYearCache years, BlendedSeriesReader blends, AnswerScopeReader scopes)
{
    // Older figures are in no archive, and each year is a read of the store.
    internal const int EarliestYear = 1950;

    // Each of them is a read of the store.
    private const int MostBlends = 2_000;

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => dated.Today;

    /// <summary>The current book.</summary>
    /// <exception cref="ProblemException">503: nothing has been published yet.</exception>
    public RateBook Book => current.Book is var book && book.HasSheets ? book : throw RatesProblems.NothingYet(book);

    /// <summary>The known ones of the named providers, in their order, as indexes into the book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="configured">The keys that settings name; empty for <paramref name="shipped"/>.</param>
    /// <param name="shipped">The keys that ship.</param>
    /// <exception cref="ProblemException">503: none of them is known yet.</exception>
    public static ushort[] Indexes(RateBook book, IList<string> configured, params string[] shipped)
    {
        var keys = configured.Count > 0 ? configured : shipped;
        ushort[] known =
        [
            .. keys.Distinct(StringComparer.Ordinal).Select(key => book.IndexOf(key)).Where(index => index >= 0)
                .Select(index => (ushort)index),
        ];
        return known.Length > 0 ? known : throw RatesProblems.NothingYet(book);
    }

    /// <summary>The rates of one base, latest or of a day.</summary>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The providers, in order of preference.</param>
    /// <param name="select">How they are combined.</param>
    /// <param name="base">1 base = rate quote.</param>
    /// <param name="quotes">The quotes; null for all that the providers have.</param>
    /// <param name="day">The day, whose figures may be up to 14 days older; null, today and later days for the latest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<FacadeDay> OfDayAsync(
        RateBook book, ushort[] indexes, Selection select, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly? day,
        CancellationToken cancellationToken)
    {
        // Every pair of a base takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var today = dated.Today;
        if (day is not { } past || past >= today)
        {
            return Combine(book.Entries, indexes, select, @base, quotes, today, BookLifetime.Of(book, indexes));
        }

        var entries = await dated.ReadAsync(past, book, indexes, cancellationToken);
        return Combine(entries, indexes, select, @base, quotes, past, BookLifetime.OfDay(entries, indexes));
    }

    /// <summary>The rates of one base day by day: of each day and quote that of the first provider whose rate is confirmed.</summary>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The providers, in order of preference.</param>
    /// <param name="base">1 base = rate quote.</param>
    /// <param name="quotes">The quotes; null for all that the providers have.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; no day that <c>/v1/rates</c> refuses as a future one is answered.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <remarks>Rates that nobody has confirmed are left out: these formats have no place for a mark.</remarks>
    public async Task<SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>> SeriesAsync(
        RateBook book, ushort[] indexes, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly from, DateOnly to,
        CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var series = new SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>();
        var last = Today.AddDays(RatesLimits.LookAheadDays) is var end && end < to ? end : to;
        foreach (var entry in indexes.Select(index => book.Entries[index]))
        {
            var first = entry.Stored.Profile.HistoryFrom is { } start && start > from ? start : from;
            for (var year = Math.Max(first.Year, EarliestYear); year <= last.Year; year++)
            {
                var figures = await years.ReadAsync(entry, year, keeps: true, cancellationToken);
                var asked = quotes ?? [.. YearRates.CurrenciesIn(figures)];
                var rates = new YearRates(figures, @base, asked, entry.Stored.Profile.Pivot);
                foreach (var quote in asked.Where(quote => quote != @base))
                {
                    foreach (var rate in rates.Of(quote, from, last).Where(rate => !rate.IsUnconfirmed))
                    {
                        (series.TryGetValue(rate.Day, out var day) ? day : series[rate.Day] = []).TryAdd(quote, rate.Rate);
                    }
                }
            }
        }

        return series;
    }

    /// <summary>
    /// The rates of every calendar day up to today: of each day what <see cref="OfDayAsync"/> answers by the first provider, without rates
    /// that nobody has confirmed. The base is among them, as 1, when it is asked for.
    /// </summary>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The providers, in order of preference.</param>
    /// <param name="base">1 base = rate quote.</param>
    /// <param name="quotes">The quotes; null for all that the providers have.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; no day after today is answered.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>> OfCalendarDaysAsync(
        RateBook book, ushort[] indexes, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly from, DateOnly to,
        CancellationToken cancellationToken)
    {
        // Every day of every pair takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var days = new SortedDictionary<DateOnly, SortedDictionary<Currency, decimal>>();
        var last = to < Today ? to : Today;
        if (from > last)
        {
            return days;
        }

        CurrencySet asked = default;
        foreach (var quote in quotes ?? await CurrenciesAsync(book, indexes, from, last, cancellationToken))
        {
            if (CurrencyTable.OrdinalOf(quote) is var ordinal and >= 0)
            {
                asked.Add(ordinal);
            }
        }

        if (asked.IsEmpty)
        {
            return days;
        }

        var query = HistoryQuery.Parse($"select=first&filled=true&from={from.ToText()}&to={last.ToText()}", book);
        query.Rates = query.Rates.With(indexes);
        query.Rates.Base = CurrencyTable.OrdinalOf(@base);
        query.Rates.Quotes = asked;
        var ask = HistoryAsk.Of(book, query, AnswerFormat.Json, scopes, Today);
        await foreach (var piece in blends.ReadAsync(ask, byYear: true, keepsYears: true, new(), cancellationToken))
        {
            foreach (var series in piece)
            {
                var quote = Currency.Parse(series.Quote);
                foreach (var rate in series.Rates.Where(rate => !rate.IsUnconfirmed))
                {
                    (days.TryGetValue(rate.Day, out var rates) ? rates : days[rate.Day] = []).Add(quote, rate.Rate);
                }
            }
        }

        return days;
    }

    // Those of the days and, where they answer later days, of the latest sheets.
    private async Task<IReadOnlyCollection<Currency>> CurrenciesAsync(
        RateBook book, ushort[] indexes, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var all = new HashSet<Currency>();
        foreach (var entry in indexes.Select(index => book.Entries[index]))
        {
            all.UnionWith(entry.Rates?.Crosses.Currencies ?? []);
            for (var year = from.DaysBefore(RatesLimits.DailyLookBackDays).Year; year <= to.Year; year++)
            {
                all.UnionWith(YearRates.CurrenciesIn(await years.ReadAsync(entry, year, keeps: true, cancellationToken)));
            }
        }

        return all;
    }

    /// <summary>
    /// The combined rates of each day on which one of the providers has figures, without those that are older than the day.
    /// </summary>
    /// <exception cref="ProblemException">422: too many days and providers.</exception>
    public async Task<IReadOnlyList<(DateOnly Day, IReadOnlyList<FacadeRate> Rates)>> BlendsAsync(
        RateBook book, ushort[] indexes, Selection select, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly from,
        DateOnly to, CancellationToken cancellationToken)
    {
        var series = await SeriesAsync(book, indexes, @base, quotes, from, to, cancellationToken);
        if (series.Count * indexes.Length > MostBlends)
        {
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity,
                $"{series.Count} days of {indexes.Length} providers are more than {MostBlends} sheets; ask for fewer days or one provider");
        }

        List<(DateOnly, IReadOnlyList<FacadeRate>)> days = [];
        foreach (var day in series.Keys)
        {
            var rates = await OfDayAsync(book, indexes, select, @base, quotes, day, cancellationToken);
            days.Add((day, [.. rates.Rates.Where(rate => rate.Day == day && !rate.Pair.Choice.IsUnconfirmed)]));
        }

        return days;
    }

    private static FacadeDay Combine(
        ProviderEntry[] entries, ushort[] indexes, Selection select, Currency @base, IReadOnlyCollection<Currency>? quotes, DateOnly day,
        in CacheLifetime lifetime)
    {
        var scope = new BlendScope { Entries = entries, Indexes = indexes, Day = day, IsNamed = true };
        var rates = new List<FacadeRate>();
        var asked = quotes ?? [.. indexes.SelectMany(index => entries[index].Rates?.Crosses.Currencies ?? []).Distinct()];
        foreach (var quote in asked.Order())
        {
            var pair = PairBlend.Of(new(@base, quote), scope);
            if (!pair.IsEmpty && pair.Combine(select) is { Rate: { } exact } blend)
            {
                rates.Add(new(quote, blend.Newest, pair.Shown(blend, null).Rate ?? exact, exact, pair, blend));
            }
        }

        return new(@base, rates, lifetime);
    }
}
