using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers requests in the present form of exchangerate.host and currencylayer: one <c>source</c>, and quotes whose names have both codes,
/// such as <c>USDEUR</c>.
/// </summary>
/// <param name="fixer">Reads the parameters and sends the answers.</param>
/// <param name="rates">The rates.</param>
internal sealed class QuotesEndpoint(FixerEndpoint fixer, FacadeRates rates)
{
    /// <summary>Maps its routes.</summary>
    public void Map(IEndpointRouteBuilder routes, string root)
    {
        routes.MapFacade($"{root}/live", context => DayAsync(context, null));
        routes.MapFacade($"{root}/historical", context => DayAsync(context, Day(context.Request)));
        routes.MapFacade($"{root}/timeframe", TimeFrameAsync);
        routes.MapFacade($"{root}/change", ChangeAsync);
        routes.MapFacade($"{root}/list", ListAsync);
    }

    private async Task DayAsync(HttpContext context, DateOnly? day)
    {
        var query = Read(context.Request);
        var answer = (await rates.OfDayAsync(
            query.Book, query.Indexes, Selection.First, query.Base, query.Symbols, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Rates.Count == 0)
        {
            throw FixerError.NoRates();
        }

        await SendAsync(context, answer.Lifetime, json =>
        {
            if (day is { } past)
            {
                json.WriteBoolean("historical", true);
                json.WriteString("date", past.ToText());
            }

            json.WriteNumber("timestamp", answer.TimestampOf(day, rates.Today));
            json.WriteString("source", query.Base.Code);
            WriteQuotes(json, "quotes", query.Base, answer.Others.Select(rate => (rate.Quote, rate.Shown)));
        });
    }

    private async Task TimeFrameAsync(HttpContext context)
    {
        var query = Read(context.Request);
        var (start, end) = fixer.Span(context.Request);
        var days = await rates.OfCalendarDaysAsync(
            query.Book, query.Indexes, query.Base, query.Symbols, start, end, context.RequestAborted);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            json.WriteBoolean("timeframe", true);
            FixerEndpoint.WriteSpan(json, start, end, "source", query.Base);
            json.WriteStartObject("quotes");
            foreach (var (day, figures) in days)
            {
                WriteQuotes(
                    json, day.ToText(), query.Base,
                    figures.Where(figure => figure.Key != query.Base).Select(figure => (figure.Key, figure.Value)));
            }

            json.WriteEndObject();
        });
    }

    private async Task ChangeAsync(HttpContext context)
    {
        var query = Read(context.Request);
        var (start, end) = fixer.Span(context.Request);
        var (first, last) = await fixer.EndsAsync(query, start, end, context);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            json.WriteBoolean("change", true);
            FixerEndpoint.WriteSpan(json, start, end, "source", query.Base);
            json.WriteStartObject("quotes");
            FixerChange.WriteAll(json, query.Base.Code, first, last, HostAmount.One);
            json.WriteEndObject();
        });
    }

    private Task ListAsync(HttpContext context)
    {
        var book = rates.Book;
        var indexes = fixer.Indexes(book);
        return SendAsync(context, BookLifetime.Of(book, indexes), json =>
        {
            json.WritePropertyName("currencies");
            FacadeNames.Write(json, FacadeNames.Of(book, indexes));
        });
    }

    private Task SendAsync(HttpContext context, in CacheLifetime lifetime, Action<Utf8JsonWriter> write) =>
        fixer.SendAsync(context, lifetime, json =>
        {
            json.WriteString("terms", "/v1/providers");
            json.WriteString("privacy", "/v1/providers");
            write(json);
        });

    private FixerQuery Read(HttpRequest request) => fixer.Read(request, "source", "currencies", "USD");

    private DateOnly Day(HttpRequest request) => FacadeQuery.Value(request, "date") is { } text
        ? fixer.Day(text, FixerError.BadDate)
        : throw FixerError.Of(301, "no_date_supplied", "date is required.");

    private static void WriteQuotes(
        Utf8JsonWriter json, string name, Currency source, IEnumerable<(Currency Quote, decimal Figure)> figures)
    {
        json.WriteStartObject(name);
        foreach (var (quote, figure) in figures)
        {
            json.WriteNumber(source.Code + quote.Code, figure);
        }

        json.WriteEndObject();
    }
}
