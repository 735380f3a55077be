using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests in the form of currencyapi.com, so that its clients can use this service.</summary>
internal sealed class CurrencyapiEndpoint(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    private const int MostDays = 366;

    private static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK"];

    /// <summary>Answers the latest rates.</summary>
    public Task LatestAsync(HttpContext context) => DayAsync(context, null, 1);

    /// <summary>Answers the rates in force on a day.</summary>
    public Task HistoricalAsync(HttpContext context) => DayAsync(context, Day(context.Request, "date"), 1);

    /// <summary>Answers an amount in other currencies, at the latest rates or those of a day.</summary>
    public Task ConvertAsync(HttpContext context)
    {
        var amount = FacadeQuery.Amount(FacadeQuery.Value(context.Request, "value") ?? "") ?? throw Invalid("value", "must be above zero");
        return DayAsync(context, FacadeQuery.Value(context.Request, "date") is null ? null : Day(context.Request, "date"), amount);
    }

    /// <summary>Answers the rates in force on each calendar day of a range.</summary>
    public async Task RangeAsync(HttpContext context)
    {
        var (book, indexes, @base, quotes) = Read(context.Request);
        var (from, to) = (Day(context.Request, "datetime_start"), Day(context.Request, "datetime_end"));
        if (from > to || to.DayNumber - from.DayNumber > MostDays)
        {
            throw Invalid("datetime_end", $"must not lie before datetime_start, nor more than {MostDays} days after it");
        }

        var isAsked = KindFilter(context.Request);
        var days = await rates.OfCalendarDaysAsync(book, indexes, @base, quotes, from, to, context.RequestAborted);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            json.WriteStartArray("data");
            foreach (var (day, figures) in days)
            {
                json.WriteStartObject();
                json.WriteString("datetime", EndOf(day));
                WriteFigures(json, "currencies", figures.Where(figure => isAsked(figure.Key)).Select(figure => (figure.Key, figure.Value)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Answers what is known of the currencies.</summary>
    public Task CurrenciesAsync(HttpContext context)
    {
        var (book, indexes, _, _) = Read(context.Request);
        var asked = FacadeQuery.Currencies(FacadeQuery.Value(context.Request, "currencies")).Known;
        var isAsked = KindFilter(context.Request);
        return SendAsync(context, BookLifetime.Of(book, indexes), json =>
        {
            json.WriteStartObject("data");
            foreach (var one in FacadeNames.Of(book, indexes).Where(one => asked?.Contains(one.Code) != false && isAsked(one.Code)))
            {
                json.WriteStartObject(one.Code.Code);
                json.WriteString("symbol", one.Code.Code);
                json.WriteString("name", one.Name);
                json.WriteString("symbol_native", one.Code.Code);
                json.WriteNumber("decimal_digits", one.MinorDigits);
                json.WriteNumber("rounding", 0);
                json.WriteString("code", one.Code.Code);
                json.WriteString("name_plural", one.Name);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Answers that there is no quota: as many requests as a number can state.</summary>
    public Task StatusAsync(HttpContext context) => SendAsync(context, CacheLifetime.For(TimeSpan.Zero), json =>
    {
        json.WriteStartObject("quotas");
        json.WriteStartObject("month");
        json.WriteNumber("total", int.MaxValue);
        json.WriteNumber("used", 0);
        json.WriteNumber("remaining", int.MaxValue);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private async Task DayAsync(HttpContext context, DateOnly? day, decimal amount)
    {
        var (book, indexes, @base, quotes) = Read(context.Request);
        var isAsked = KindFilter(context.Request);
        var answer = (await rates.OfDayAsync(book, indexes, Selection.First, @base, quotes, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Rates.Count == 0)
        {
            throw Invalid(day is null ? "base_currency" : "date", "There are no rates of it.");
        }

        await SendAsync(context, answer.Lifetime, json =>
        {
            json.WriteStartObject("meta");
            json.WriteString(
                "last_updated_at", day is { } past && past < rates.Today ? EndOf(past) : answer.PublishedAt?.ToText());
            json.WriteEndObject();
            WriteFigures(json, "data", answer.Rates.Where(rate => isAsked(rate.Quote)).Select(rate => (rate.Quote, rate.Of(amount))));
        });
    }

    private Task SendAsync(HttpContext context, in CacheLifetime lifetime, Action<Utf8JsonWriter> write) =>
        FacadeAnswer.SendAsync(context, lifetime, time.GetUtcNow(), json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        });

    private (RateBook Book, ushort[] Indexes, Currency Base, IReadOnlyList<Currency>? Quotes) Read(HttpRequest request)
    {
        var book = rates.Book;
        var @base = CurrencyValues.Find(FacadeQuery.Value(request, "base_currency") ?? "USD")
            ?? throw Invalid("base_currency", "The selected base currency is invalid.");
        var (quotes, unknown) = FacadeQuery.Currencies(FacadeQuery.Value(request, "currencies"));
        return unknown is null
            ? (book, FacadeRates.Indexes(book, options.Value.Currencyapi, "ecb", "erapi"), @base, quotes)
            : throw Invalid("currencies", "The selected currencies is invalid.");
    }

    // The parameter type, which leaves out currencies of other kinds. Units of account such as XDR count as fiat there.
    private static Func<Currency, bool> KindFilter(HttpRequest request)
    {
        CurrencyKind[] kinds = FacadeQuery.Value(request, "type") switch
        {
            null => Enum.GetValues<CurrencyKind>(),
            "fiat" => [CurrencyKind.Currency, CurrencyKind.Unit],
            "metal" => [CurrencyKind.Metal],
            "crypto" => [CurrencyKind.Crypto],
            _ => throw Invalid("type", "The selected type is invalid."),
        };
        return currency => CurrencyRegistry.Find(currency) is { } record && kinds.Contains(record.Kind);
    }

    // A day, or an instant of which the day in UTC counts.
    private DateOnly Day(HttpRequest request, string name)
    {
        var text = FacadeQuery.Value(request, name) ?? throw Invalid(name, $"The {name} field is required.");
        var isDay = IsoText.TryParseDay(text, out var day);
        if (!isDay && DateTimeOffset.TryParseExact(
            text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            (isDay, day) = (true, DateOnly.FromDateTime(instant.UtcDateTime));
        }

        return isDay && day <= rates.Today ? day : throw Invalid(name, $"The {name} is not a past day such as 2026-08-20.");
    }

    private static string EndOf(DateOnly day) => $"{day.ToText()}T23:59:59Z";

    private static void WriteFigures(Utf8JsonWriter json, string name, IEnumerable<(Currency Quote, decimal Figure)> figures)
    {
        json.WriteStartObject(name);
        foreach (var (quote, figure) in figures)
        {
            json.WriteStartObject(quote.Code);
            json.WriteString("code", quote.Code);
            json.WriteNumber("value", figure);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static ProblemException Invalid(string parameter, string message) =>
        ProblemException.Of(StatusCodes.Status422UnprocessableEntity, parameter, "", message);
}
