using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests in the form of version 2 of Frankfurter: rates as rows, latest, of a day or of a range of days.</summary>
internal sealed class FrankfurterV2(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    /// <summary>Answers rates as an array, as lines of JSON or as CSV.</summary>
    public async Task RatesAsync(HttpContext context)
    {
        var isCsv = context.Request.Path.Value!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        var format = isCsv ? AnswerFormat.Csv : AnswerFormats.Accepted(context.Request);
        var (rows, query, lifetime) = await ReadAsync(context);
        if (format == AnswerFormat.Csv)
        {
            var head = query.IsExpanded ? "date,base,quote,rate,providers" : "date,base,quote,rate";
            var text = new StringBuilder(head).Append('\n').AppendJoin('\n', rows.Select(row => row.ToCsv()));
            var body = Encoding.UTF8.GetBytes(rows.Count > 0 ? text.Append('\n').ToString() : text.ToString());
            await FacadeAnswer.SendAsync(context, lifetime, time.GetUtcNow(), AnswerFormat.Csv.ContentType(), body);
        }
        else if (format == AnswerFormat.Ndjson)
        {
            await FacadeAnswer.SendAsync(context, lifetime, time.GetUtcNow(), AnswerFormat.Ndjson.ContentType(), Lines(rows));
        }
        else
        {
            await FacadeAnswer.SendAsync(context, lifetime, time.GetUtcNow(), json =>
            {
                json.WriteStartArray();
                foreach (var row in rows)
                {
                    row.Write(json);
                }

                json.WriteEndArray();
            });
        }
    }

    /// <summary>Answers one rate; 404 when there is none.</summary>
    public async Task RateAsync(HttpContext context)
    {
        var (rows, _, lifetime) = await ReadAsync(context);
        if (rows.Count == 0)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "not found");
        }

        await FacadeAnswer.SendAsync(context, lifetime, time.GetUtcNow(), rows[^1].Write);
    }

    private async Task<(IReadOnlyList<FrankfurterRow> Rows, FrankfurterQuery Query, CacheLifetime Lifetime)> ReadAsync(HttpContext context)
    {
        var book = rates.Book;
        var query = FrankfurterQuery.Parse(context.Request, book, options.Value, rates.Today);
        if (query.From is { } from)
        {
            var days = query.Select != Selection.First || query.IsExpanded
                ? await BlendsAsync(book, query, from, context.RequestAborted)
                : await SeriesAsync(book, query, from, context.RequestAborted);
            return (days, query, CacheLifetime.For(PastDayReader.CacheTime));
        }

        var day = (await rates.OfDayAsync(
            book, query.Providers, query.Select, query.Base, query.Quotes, query.Date, context.RequestAborted)).MarkedIn(context);
        return ([.. day.Rates.Select(rate => Row(rate, query, book))], query, day.Lifetime);
    }

    private async Task<IReadOnlyList<FrankfurterRow>> SeriesAsync(
        RateBook book, FrankfurterQuery query, DateOnly from, CancellationToken cancellationToken)
    {
        var series = await rates.SeriesAsync(book, query.Providers, query.Base, query.Quotes, from, query.To, cancellationToken);
        var withBase = query.Quotes?.Contains(query.Base) != false;
        return Grouped(
            query,
            series.SelectMany(day => withBase ? day.Value.Append(new(query.Base, 1)) : day.Value, (day, rate) => new FrankfurterRow(
                day.Key, query.Base, rate.Key, rate.Value, null)));
    }

    private async Task<IReadOnlyList<FrankfurterRow>> BlendsAsync(
        RateBook book, FrankfurterQuery query, DateOnly from, CancellationToken cancellationToken)
    {
        var days = await rates.BlendsAsync(
            book, query.Providers, query.Select, query.Base, query.Quotes, from, query.To, cancellationToken);
        return Grouped(query, days.SelectMany(day => day.Rates, (_, rate) => Row(rate, query, book)));
    }

    private static FrankfurterRow Row(FacadeRate rate, FrankfurterQuery query, RateBook book) => new(
        rate.Day, query.Base, rate.Quote, rate.Shown, query.IsExpanded ? FrankfurterWitness.Of(rate, book, query.Providers) : null);

    // Of a week or month the mean is answered, under its first day, and without the figures behind it.
    private static IReadOnlyList<FrankfurterRow> Grouped(FrankfurterQuery query, IEnumerable<FrankfurterRow> rows) =>
    [
        .. (query.Group == DayGroup.Day ? rows : rows.GroupBy(row => row.Quote).SelectMany(quote => Means(query, quote)))
            .OrderBy(row => row.Day).ThenBy(row => row.Quote),
    ];

    private static IEnumerable<FrankfurterRow> Means(FrankfurterQuery query, IGrouping<Currency, FrankfurterRow> rows) =>
        RateGroup.Of(rows.Select(row => new HistoryRate(row.Day, row.Rate, IsDerived: false, IsUnconfirmed: false)), query.Group)
            .Select(one => new FrankfurterRow(FirstDay(one.Last.Day, query.Group), query.Base, rows.Key, one.Average, null));

    private static DateOnly FirstDay(DateOnly day, DayGroup group) => group == DayGroup.Month
        ? new(day.Year, day.Month, 1)
        : day.DaysBefore(((int)day.DayOfWeek + 6) % 7);

    private static byte[] Lines(IReadOnlyList<FrankfurterRow> rows)
    {
        var lines = new ArrayBufferWriter<byte>(1024);
        foreach (var row in rows)
        {
            using (var json = new Utf8JsonWriter(lines))
            {
                row.Write(json);
            }

            lines.Write("\n"u8);
        }

        return lines.WrittenSpan.ToArray();
    }
}
