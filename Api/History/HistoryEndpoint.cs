using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary><c>/v1/history</c>: what was published, day by day.</summary>
internal sealed class HistoryEndpoint(CurrentBook current, ProviderDays stored, TimeProvider time)
{
    // Days x providers x quotes.
    private const int MaxFigures = 200_000;

    // A query without quotes means all that a provider has; few have more.
    private const int QuotesOfAll = 60;
    private const int DefaultDays = 90;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);
    private static readonly AnswerWriter<HistoryAnswer> Writer = new(options => new HistoryJson(options).HistoryAnswer, ToTable);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = HistoryQuery.Parse(context.Request, book);
        var to = query.To ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = query.From ?? to.DaysBefore(DefaultDays);
        var indexes = query.Rates.Providers.ToArray();
        RefuseTooMuch(query, from, to, indexes.Length);

        // Reading and crossing years of days takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<HistorySeries> series = [];
        List<AbsentProvider> absent = [];
        foreach (var index in indexes)
        {
            var entry = book.Entries[index];
            var before = series.Count;
            series.AddRange(SeriesOf(entry, query, await stored.ReadAsync(entry, from, to, context.RequestAborted)));
            if (series.Count == before)
            {
                absent.Add(new(entry.Key, entry.Status.ToText(), "nothing is stored of these days and pairs"));
            }
        }

        var answer = new HistoryAnswer(
            CurrencyTable.At(
                query.Rates.Base).Code, from.ToText(), to.ToText(), NameOf(query.Group), series, absent.Count > 0 ? absent : null);
        await Writer.SendAsync(context, answer, query.Rates.Answer, CacheLifetime.For(CacheTime), time.GetUtcNow());
    }

    private static void RefuseTooMuch(in HistoryQuery query, DateOnly from, DateOnly to, int providers)
    {
        if (from > to)
        {
            throw ProblemException.BadValue("from", from.ToText(), $"lies after {to.ToText()}");
        }

        var days = to.DayNumber - from.DayNumber + 1L;
        var quotes = query.Rates.Quotes.IsEmpty ? QuotesOfAll : query.Rates.Quotes.Count;
        if (days * quotes * providers > MaxFigures)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{days} days x {quotes} quotes x {providers} providers is more than {MaxFigures} figures; ask for fewer days, quotes or providers"));
        }
    }

    private static IEnumerable<HistorySeries> SeriesOf(ProviderEntry entry, HistoryQuery query, IReadOnlyList<Observation> observations)
    {
        var rates = query.Rates;
        var byQuote = new SortedDictionary<int, List<(DateOnly Day, CrossRate Rate)>>();
        foreach (var day in observations.GroupBy(observation => observation.AsOf).OrderBy(day => day.Key))
        {
            var crosses = CrossRates.Of([.. day], entry.Stored.Profile.Pivot);
            foreach (var quote in rates.Quotes.IsEmpty ? CurrencySet.Of(crosses.Currencies) : rates.Quotes)
            {
                if ((quote != rates.Base || !rates.Quotes.IsEmpty) && crosses.Find(
                    new(CurrencyTable.At(rates.Base), CurrencyTable.At(quote))) is { } cross)
                {
                    (byQuote.TryGetValue(quote, out var figures) ? figures : byQuote[quote] = []).Add((day.Key, cross));
                }
            }
        }

        foreach (var (quote, figures) in byQuote)
        {
            var kept = query.Group == DayGroup.Day ? figures : [.. figures.GroupBy(
                figure => GroupOf(figure.Day, query.Group)).Select(group => group.Last())];
            yield return new(
                entry.Key, CurrencyTable.At(quote).Code, kept.Any(figure => figure.Rate.IsDerived),
                [.. kept.Select(figure => figure.Day.ToText())], [.. kept.Select(
                    figure => RateRounding.Shown(figure.Rate.Rate, figure.Rate.IsDerived))]);
        }
    }

    // The last day of the week or month. Its last published figure is answered for it, rather than a computed one.
    private static DateOnly GroupOf(DateOnly day, DayGroup group) => group == DayGroup.Month
        ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month))
        : DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, day.DayNumber + ((7 - (int)day.DayOfWeek) % 7)));

    private static string NameOf(DayGroup group) => group switch
    {
        DayGroup.Week => "week",
        DayGroup.Month => "month",
        _ => "day",
    };

    private static RowTable ToTable(HistoryAnswer answer)
    {
        var table = new RowTable("history", "rate", "date", "provider", "base", "quote", "rate");
        foreach (var series in answer.Series)
        {
            foreach (var (day, rate) in series.Dates.Zip(series.Rates))
            {
                table.Add(day, series.Provider, answer.Base, series.Quote, rate);
            }
        }

        return table;
    }
}
