using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Reads the series of rates that <c>/v1/history</c> answers, provider by provider, from stored days and from years in memory.
/// </summary>
internal sealed class HistorySeriesReader(
    HistoryYearCache years, ProviderDayReader days, YearFiguresReader filledYears, KnownEntryReader knownEntries,
    AnswerScopeReader scopes, TimeProvider time)
{
    /// <summary>Today in UTC.</summary>
    public DateOnly Today => time.UtcToday();

    /// <summary>
    /// The series of each provider in turn; of each of its years in turn where rows are written, days are not grouped and revisions are
    /// not asked for.
    /// </summary>
    /// <param name="ask">What is asked for.</param>
    /// <param name="byYear">True where rows are written.</param>
    /// <param name="keepsYears">Whether the years that are read stay in memory for other requests.</param>
    /// <param name="lack">Receives the providers that have nothing of these days and all or some of the pairs, each with why.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Rates.Store.StoreUnavailableException">The store did not answer within its deadline.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ReadySeries>> ReadAsync(
        HistoryAsk ask, bool byYear, bool keepsYears, HistoryLack lack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (query, from, to) = (ask.Query, ask.From, ask.LastDay(Today));
        foreach (var index in ask.Providers)
        {
            var entry = ask.Book.Entries[index];
            var byQuote = new SortedDictionary<Currency, RateSeries>();
            var shipped = new HashSet<DateOnly>();
            var any = false;
            var lacking = query.Quotes?.ToHashSet() ?? [];
            if (query.WithRevisions)
            {
                var revised = await RevisedAsync(entry, query, from, to, cancellationToken);
                any = revised.Count > 0;
                lacking.ExceptWith(revised.Select(series => Currency.Parse(series.Quote)));
                yield return revised;
            }

            FilledSeries? filled = null;
            if (query.AnswersEveryDay)
            {
                var known = await knownEntries.ReadAsync(entry, query.Rates.KnownAt, cancellationToken);
                filled = new(ask, index, known, time.GetUtcNow(), scopes);
                await foreach (var some in FilledAsync(ask, known, filled, byYear, keepsYears, cancellationToken))
                {
                    // A series may have nothing but notes that say why there is no rate.
                    any |= some.Any(series => series.Rates.Count > 0);
                    lacking.ExceptWith(some.Where(series => series.Rates.Count > 0).Select(series => Currency.Parse(series.Quote)));
                    yield return some;
                }
            }

            for (var year = from.Year; year <= to.Year && !query.WithRevisions && !query.AnswersEveryDay; year++)
            {
                var (first, last) = (First(from, year), Last(to, year));
                var figures = query.Rates.KnownAt is { } knownAt
                    ? new(await days.ReadAsync(entry, first, last, knownAt, cancellationToken))
                    : await years.ReadAsync(entry, year, keepsYears, cancellationToken);
                AddRates(byQuote, figures, entry, query, from, last);
                shipped.UnionWith(figures.ShippedDays);
                if (byYear && query.Group == DayGroup.Day && byQuote.Count > 0)
                {
                    any = true;
                    lacking.ExceptWith(byQuote.Keys);
                    yield return Ready(entry, byQuote, shipped, DayGroup.Day);
                    byQuote.Clear();
                }
            }

            if (byQuote.Count > 0)
            {
                any = true;
                lacking.ExceptWith(byQuote.Keys);
                yield return Ready(entry, byQuote, shipped, query.Group);
            }

            if (!any)
            {
                var status = filled?.LackStatus ?? entry.Status;
                lack.Absent.Add(new(entry.Key, status.ToText(), filled?.LackReason ?? ask.WhyNothing(Today)));
            }
            else if (lacking.Count > 0)
            {
                lack.Absent.Add(new(entry.Key, entry.Status.ToText(), ask.WhyNothing(Today))
                {
                    Quotes = [.. lacking.Order().Select(one => one.Code)],
                });
            }
        }
    }

    // Every calendar day, as /v1/rates answers it.
    private async IAsyncEnumerable<IReadOnlyList<ReadySeries>> FilledAsync(
        HistoryAsk ask, ProviderEntry entry, FilledSeries filled, bool byYear, bool keepsYears,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (first, until) in HistoryAsk.Years(ask.From, ask.LastDay(Today)))
        {
            if (filled.FirstNeeded(first) is { } needed)
            {
                await foreach (var figures in filledYears.ReadAsync(
                    entry, needed, first, until, ask.Query.Rates.KnownAt, keepsYears, cancellationToken))
                {
                    filled.Add(figures);
                }
            }

            filled.Go(first, until, cancellationToken);
            if (byYear && ask.Query.Group == DayGroup.Day && filled.Take() is { Count: > 0 } some)
            {
                yield return some;
            }
        }

        if (filled.Take() is { Count: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static void AddRates(
        SortedDictionary<Currency, RateSeries> byQuote, PackedFigures figures, ProviderEntry entry, HistoryQuery query,
        DateOnly from, DateOnly to)
    {
        var @base = CurrencyTable.At(query.Rates.Base);
        var quotes = query.Quotes ?? [.. YearRates.CurrenciesIn(figures).Where(quote => quote != @base)];
        var rates = new YearRates(figures, @base, quotes, entry.Stored.Profile.Pivot);
        foreach (var quote in quotes)
        {
            var series = byQuote.GetValueOrDefault(quote) ?? [];
            series.Add(rates.Of(quote, from, to), figures.Days.Length);
            if (series.Count > 0)
            {
                byQuote[quote] = series;
            }
        }
    }

    private static DateOnly First(DateOnly from, int year) => from.Year == year ? from : new(year, 1, 1);

    private static DateOnly Last(DateOnly to, int year) => to.Year == year ? to : new(year, 12, 31);

    private async Task<IReadOnlyList<ReadySeries>> RevisedAsync(
        ProviderEntry entry, HistoryQuery query, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var stored = await days.ReadAsync(entry, from, to, query.Rates.KnownAt, cancellationToken);
        var byQuote = RateRevisions.Of(stored, CurrencyTable.At(query.Rates.Base), query.Quotes, entry);
        return [.. byQuote.Select(quote => ReadySeries.Of(entry.Key, quote.Key.Code, quote.Value))];
    }

    private static IReadOnlyList<ReadySeries> Ready(
        ProviderEntry entry, SortedDictionary<Currency, RateSeries> byQuote, HashSet<DateOnly> shipped, DayGroup group) =>
        [.. byQuote.Select(quote => ReadySeries.Of(
            entry.Key, quote.Key.Code, quote.Value, group, [], DayNote.OfShipped(quote.Value.Select(rate => rate.Day), shipped)))];
}
