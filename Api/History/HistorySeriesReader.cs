using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Reads the series of rates that <c>/v1/history</c> answers, provider by provider, from stored days and from years in memory.
/// </summary>
internal sealed class HistorySeriesReader(HistoryYearCache years, ProviderDayReader days, TimeProvider time)
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
        var (query, from, to) = (ask.Query, ask.From, ask.To);
        foreach (var index in ask.Providers)
        {
            var entry = ask.Book.Entries[index];
            var byQuote = new SortedDictionary<Currency, RateSeries>();
            var any = false;
            var lacking = query.Quotes?.ToHashSet() ?? [];
            if (query.WithRevisions)
            {
                var revised = await RevisedAsync(entry, query, from, to, cancellationToken);
                any = revised.Count > 0;
                lacking.ExceptWith(revised.Select(series => Currency.Parse(series.Quote)));
                yield return revised;
            }

            var filler = FillerOf(entry.Stored.Profile, ask);
            var first = filler?.First ?? from;
            for (var year = FirstYear(first, from, entry); year <= to.Year && !query.WithRevisions; year++)
            {
                var figures = query.Rates.KnownAt is { } knownAt
                    ? new(await days.ReadAsync(entry, First(first, year), Last(to, year), knownAt, cancellationToken))
                    : await years.ReadAsync(entry, year, keepsYears, cancellationToken);
                AddRates(byQuote, figures, entry, query, first, Last(to, year), filler);
                if (byYear && query.Group == DayGroup.Day && byQuote.Count > 0)
                {
                    any = true;
                    lacking.ExceptWith(byQuote.Keys);
                    yield return Ready(entry, byQuote, DayGroup.Day);
                    byQuote.Clear();
                }
            }

            if (byQuote.Count > 0)
            {
                any = true;
                lacking.ExceptWith(byQuote.Keys);
                yield return Ready(entry, byQuote, query.Group);
            }

            if (!any)
            {
                lack.Absent.Add(new(entry.Key, entry.Status.ToText(), WhyNothing(from, Today)));
            }
            else if (lacking.Count > 0)
            {
                lack.Absent.Add(new(entry.Key, entry.Status.ToText(), WhyNothing(from, Today))
                {
                    Quotes = [.. lacking.Order().Select(one => one.Code)],
                });
            }
        }
    }

    /// <summary>Why there are no rates of a provider at all.</summary>
    public static string WhyNothing(DateOnly from, DateOnly today) => from > today.AddDays(RatesLimits.LookAheadDays)
        ? "these days lie in the future"
        : "nothing is stored of these days and pairs";

    // A provider whose figures hold for ever may have set them long before the first day.
    private static int FirstYear(DateOnly first, DateOnly from, ProviderEntry entry) => Math.Max(
        first.Year, Math.Min(from.Year, entry.Stored.Profile.HistoryFrom?.Year ?? FacadeRates.EarliestYear));

    // Null where only days with a figure are answered.
    private HistoryFiller? FillerOf(ProviderProfile profile, HistoryAsk ask) => !ask.Query.AnswersEveryDay ? null
        : HistoryFiller.Of(ask.Policy?.Day ?? DayRule.OnOrBefore, ask.From, ask.Query.LastFilled(Today), profile);

    private static void AddRates(
        SortedDictionary<Currency, RateSeries> byQuote, PackedFigures figures, ProviderEntry entry, HistoryQuery query,
        DateOnly from, DateOnly to, HistoryFiller? filler)
    {
        var @base = CurrencyTable.At(query.Rates.Base);
        var quotes = query.Quotes ?? [.. YearRates.CurrenciesIn(figures).Where(quote => quote != @base)];
        var rates = new YearRates(figures, @base, quotes, entry.Stored.Profile.Pivot);
        if (filler is null)
        {
            foreach (var quote in quotes)
            {
                var series = byQuote.GetValueOrDefault(quote) ?? [];
                series.Add(rates.Of(quote, from, to), figures.Days.Length);
                if (series.Count > 0)
                {
                    byQuote[quote] = series;
                }
            }

            return;
        }

        var found = new SortedDictionary<Currency, List<HistoryRate>>();
        foreach (var quote in quotes)
        {
            if (rates.Of(quote, from, to).ToList() is { Count: > 0 } some)
            {
                found[quote] = some;
            }
        }

        foreach (var (quote, some) in filler.Fill(found, to))
        {
            (byQuote.TryGetValue(quote, out var series) ? series : byQuote[quote] = []).Add(some, some.Count);
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
        ProviderEntry entry, SortedDictionary<Currency, RateSeries> byQuote, DayGroup group) =>
        [.. byQuote.Select(quote => ReadySeries.Of(entry.Key, quote.Key.Code, quote.Value, group))];
}
