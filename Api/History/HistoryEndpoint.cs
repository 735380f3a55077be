using System.Globalization;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary><c>/v1/history</c>: what was published, day by day.</summary>
internal sealed class HistoryEndpoint(CurrentBook current, IHistoryReader store, TimeProvider time)
{
    /// <summary>What it takes.</summary>
    public const Parameters Allowed = Parameters.Base | Parameters.Quotes | Parameters.FromDay | Parameters.ToDay | Parameters.Group | Parameters.Common;

    // A query without quotes means all that a provider has; few have more.
    private const int QuotesOfAll = 60;
    private const int DefaultDays = 90;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly Reply<HistoryAnswer> Reply = new(json => json.HistoryAnswer, ToTable);

    /// <summary>Answers.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        var to = query.ToDay ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = query.FromDay ?? to.AddDays(-DefaultDays);
        var places = query.Providers(book).ToArray();
        RefuseTooMuch(query, from, to, places.Length);

        // Reading and crossing years of days is no work for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<HistorySeries> series = [];
        List<AbsentProvider> absent = [];
        foreach (var place in places)
        {
            var entry = book.Entries[place];
            var before = series.Count;
            series.AddRange(SeriesOf(entry, query, await store.ReadHistoryAsync(entry.Key, from, to, context.RequestAborted)));
            if (series.Count == before)
            {
                absent.Add(new(entry.Key, entry.Status.ToText(), "nothing is stored of these days and pairs"));
            }
        }

        var answer = new HistoryAnswer(
            CurrencyTable.At(query.Base).Code, from.ToText(), to.ToText(), NameOf(query.Group), series, absent.Count > 0 ? absent : null);
        await Reply.SendAsync(context, answer, query, Freshness.For(Kept), time.GetUtcNow());
    }

    private static void RefuseTooMuch(in ApiQuery query, DateOnly from, DateOnly to, int providers)
    {
        if (from > to)
        {
            throw ProblemException.BadValue("from", from.ToText(), $"lies after {to.ToText()}");
        }

        var days = to.DayNumber - from.DayNumber + 1L;
        var quotes = query.Quotes.IsEmpty ? QuotesOfAll : query.Quotes.Count;
        if (days * quotes * providers > Limits.HistoryCells)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"{days} days x {quotes} quotes x {providers} providers is more than the {Limits.HistoryCells} figures answered at once; ask for fewer days, quotes or providers"));
        }
    }

    private static IEnumerable<HistorySeries> SeriesOf(ProviderEntry entry, ApiQuery query, IReadOnlyList<Observation> observations)
    {
        var byQuote = new SortedDictionary<int, List<(DateOnly Day, CrossRate Rate)>>();
        foreach (var day in observations.GroupBy(observation => observation.AsOf).OrderBy(day => day.Key))
        {
            var crosses = CrossRates.Of([.. day], entry.Stored.Profile.Pivot);
            foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.Of(crosses.Currencies) : query.Quotes)
            {
                if ((quote != query.Base || !query.Quotes.IsEmpty) && crosses.Find(new(CurrencyTable.At(query.Base), CurrencyTable.At(quote))) is { } cross)
                {
                    (byQuote.TryGetValue(quote, out var figures) ? figures : byQuote[quote] = []).Add((day.Key, cross));
                }
            }
        }

        foreach (var (quote, figures) in byQuote)
        {
            var kept = query.Group == DayGroup.Day ? figures : [.. figures.GroupBy(figure => GroupOf(figure.Day, query.Group)).Select(group => group.Last())];
            yield return new(
                entry.Key, CurrencyTable.At(quote).Code, kept.Any(figure => figure.Rate.IsDerived),
                [.. kept.Select(figure => figure.Day.ToText())], [.. kept.Select(figure => RateRounding.Shown(figure.Rate.Rate, figure.Rate.IsDerived))]);
        }
    }

    // The last day of the group: a published figure stands for it, not an invented one.
    private static DateOnly GroupOf(DateOnly day, DayGroup group) => group == DayGroup.Month
        ? new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1)
        : day.AddDays((7 - (int)day.DayOfWeek) % 7);

    private static string NameOf(DayGroup group) => group switch
    {
        DayGroup.Week => "week",
        DayGroup.Month => "month",
        _ => "day",
    };

    private static Table ToTable(HistoryAnswer answer)
    {
        var table = new Table("history", "rate", "date", "provider", "base", "quote", "#rate");
        foreach (var series in answer.Series)
        {
            foreach (var (day, rate) in series.Dates.Zip(series.Rates))
            {
                table.Add(day, series.Provider, answer.Base, series.Quote, rate.ToText());
            }
        }

        return table;
    }
}
