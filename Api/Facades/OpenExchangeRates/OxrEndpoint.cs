using System.Text.Json;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests in the form of Open Exchange Rates, so that its clients can use this service.</summary>
internal sealed class OxrEndpoint(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    private const int MostDays = 3_660;

    /// <summary>Answers the latest rates.</summary>
    public Task LatestAsync(HttpContext context) => DayAsync(context, null);

    /// <summary>Answers the rates in force on a day.</summary>
    public Task HistoricalAsync(HttpContext context) => DayAsync(context, Day(FacadeQuery.Route(context.Request, "day")));

    /// <summary>Answers the rates in force on each calendar day from <c>start</c> to <c>end</c>.</summary>
    public async Task TimeSeriesAsync(HttpContext context)
    {
        var (book, indexes, @base, symbols) = Read(context.Request);
        var start = Day(FacadeQuery.Value(context.Request, "start") ?? "");
        var end = Day(FacadeQuery.Value(context.Request, "end") ?? "");
        if (start > end || end.DayNumber - start.DayNumber > MostDays)
        {
            throw Invalid("invalid_date", $"start must not lie after end, and not more than {MostDays} days before it");
        }

        var days = await rates.OfCalendarDaysAsync(book, indexes, @base, symbols, start, end, context.RequestAborted);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            WriteHead(json, book, indexes);
            json.WriteString("start_date", start.ToText());
            json.WriteString("end_date", end.ToText());
            json.WriteString("base", @base.Code);
            json.WriteStartObject("rates");
            foreach (var (day, figures) in days)
            {
                FacadeNames.Write(json, day.ToText(), figures.Select(figure => (figure.Key, figure.Value)));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>Answers the names of the currencies.</summary>
    public Task CurrenciesAsync(HttpContext context)
    {
        var book = rates.Book;
        var indexes = Indexes(book);
        return SendAsync(context, BookLifetime.Of(book, indexes), json => FacadeNames.Write(json, FacadeNames.Of(book, indexes)));
    }

    /// <summary>Converts an amount at the latest rate.</summary>
    public async Task ConvertAsync(HttpContext context)
    {
        var (value, from, to) = (Route(context, "value"), Route(context, "from"), Route(context, "to"));
        var amount = FacadeQuery.Amount(value) ?? throw Invalid("invalid_value", "The amount to convert is not a number above zero");
        var (source, target) = (CurrencyOf(from), CurrencyOf(to));
        var book = rates.Book;
        var day = (await rates.OfDayAsync(
            book, Indexes(book), Selection.First, source, [target], null, context.RequestAborted)).MarkedIn(context);
        var rate = day.Find(target) ?? throw Invalid("invalid_base", $"There is no rate of {source} in {target}");
        await SendAsync(context, day.Lifetime, json =>
        {
            WriteHead(json, book, Indexes(book));
            json.WriteStartObject("request");
            json.WriteString("query", $"/convert/{value}/{from}/{to}");
            json.WriteNumber("amount", amount);
            json.WriteString("from", source.Code);
            json.WriteString("to", target.Code);
            json.WriteEndObject();
            json.WriteStartObject("meta");
            json.WriteNumber("timestamp", day.TimestampOf(null, rates.Today));
            json.WriteNumber("rate", rate.Shown);
            json.WriteEndObject();
            json.WriteNumber("response", rate.Of(amount));
            json.WriteEndObject();
        });
    }

    private async Task DayAsync(HttpContext context, DateOnly? day)
    {
        if (day > rates.Today)
        {
            throw Invalid("invalid_date", $"{day.Value.ToText()} lies in the future: days up to {rates.Today.ToText()} are answered");
        }

        var (book, indexes, @base, symbols) = Read(context.Request);
        var answer = (await rates.OfDayAsync(
            book, indexes, Selection.First, @base, symbols, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Rates.Count == 0)
        {
            var what = symbols is null ? $"rates of {@base}" : $"rates of {@base} in any of the symbols";
            throw Invalid("not_available", $"There are no {what}{(day is { } asked ? $" on {asked.ToText()}" : "")}");
        }

        await SendAsync(context, answer.Lifetime, json =>
        {
            WriteHead(json, book, indexes);
            json.WriteNumber("timestamp", answer.TimestampOf(day, rates.Today));
            json.WriteString("base", @base.Code);
            FacadeNames.Write(json, "rates", answer.Rates.Select(rate => (rate.Quote, rate.Shown)));
            json.WriteEndObject();
        });
    }

    private Task SendAsync(HttpContext context, in CacheLifetime lifetime, Action<Utf8JsonWriter> write) => FacadeAnswer.SendAsync(
        context, lifetime, time.GetUtcNow(), write, FacadeQuery.IsTrue(context.Request, "prettyprint"),
        FacadeAnswer.Callback(context.Request));

    private (RateBook Book, ushort[] Indexes, Currency Base, IReadOnlyList<Currency>? Symbols) Read(HttpRequest request)
    {
        var book = rates.Book;
        var @base = CurrencyOf(FacadeQuery.Value(request, "base") ?? "USD");
        return (book, Indexes(book), @base, FacadeQuery.Currencies(FacadeQuery.Value(request, "symbols")).Known);
    }

    private ushort[] Indexes(RateBook book) => FacadeRates.Indexes(book, options.Value.Oxr, "ecb", "erapi");

    private static void WriteHead(Utf8JsonWriter json, RateBook book, ushort[] indexes)
    {
        json.WriteStartObject();
        json.WriteString("disclaimer", $"Figures of {string.Join(", ", indexes.Select(index => book.Entries[index].Name))}");
        json.WriteString("license", "/v1/providers lists the terms of each provider");
    }

    private static string Route(HttpContext context, string name) => FacadeQuery.Route(context.Request, name);

    private static Currency CurrencyOf(string code) =>
        CurrencyValues.Find(code) ?? throw Invalid("invalid_base", "There is no such currency; /oxr/api/currencies.json lists them");

    private static DateOnly Day(string text) => IsoText.TryParseDay(text, out var day)
        ? day
        : throw Invalid("invalid_date", "A day has the form 2026-08-20");

    private static ProblemException Invalid(string code, string description) =>
        ProblemException.Of(StatusCodes.Status400BadRequest, code, "", description);
}
