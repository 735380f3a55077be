using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests in the form of version 1 of Frankfurter: latest rates, those of a day, and those of a range of days.</summary>
internal sealed partial class FrankfurterV1(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    /// <summary>Whether this version has a path, given without what it begins with.</summary>
    public static bool IsPath(string part) =>
        part is "latest" or "current" or "currencies" || Day().IsMatch(part) || Range().IsMatch(part);

    /// <summary>Answers the latest rates.</summary>
    public Task LatestAsync(HttpContext context) => DayAsync(context, null);

    /// <summary>Answers the rates of a day or of a range such as <c>2026-08-01..2026-08-20</c>; without its end it ends today.</summary>
    public Task DaysAsync(HttpContext context)
    {
        var days = FacadeQuery.Route(context.Request, "days");
        if (Day().IsMatch(days))
        {
            return DayAsync(context, Read(days));
        }

        var range = Range().Match(days);
        return range.Success
            ? RangeAsync(context, Read(range.Groups["from"].Value), range.Groups["to"].Value is { Length: > 0 } to ? Read(to) : null)
            : throw NotFound();
    }

    /// <summary>Answers the names of the currencies that the providers have.</summary>
    public Task CurrenciesAsync(HttpContext context)
    {
        var book = rates.Book;
        var indexes = Indexes(book);
        return FacadeAnswer.SendAsync(context, BookLifetime.Of(book, indexes), time.GetUtcNow(), json =>
            FacadeNames.Write(json, FacadeNames.Of(book, indexes)));
    }

    private async Task DayAsync(HttpContext context, DateOnly? day)
    {
        var query = Query.Parse(context.Request);
        var book = rates.Book;
        var answer = (await rates.OfDayAsync(
            book, Indexes(book), Selection.First, query.Base, query.Quotes, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Day is not { } of || !answer.Others.Any())
        {
            throw NotFound();
        }

        await FacadeAnswer.SendAsync(context, answer.Lifetime, time.GetUtcNow(), json =>
        {
            WriteHead(json, query);
            json.WriteString("date", of.ToText());
            json.WriteStartObject("rates");
            foreach (var rate in answer.Others)
            {
                json.WriteNumber(rate.Quote.Code, rate.Of(query.Amount));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private async Task RangeAsync(HttpContext context, DateOnly from, DateOnly? to)
    {
        var query = Query.Parse(context.Request);
        var last = to ?? rates.Today;
        if (from > rates.Today || from > last)
        {
            throw NotFound();
        }

        var book = rates.Book;
        var indexes = Indexes(book);
        var series = await rates.SeriesAsync(
            book, indexes, query.Base, query.Quotes, from.DaysBefore(RatesLimits.DailyLookBackDays), last, context.RequestAborted);

        // Where the first day has no figures, the range begins with the newest day before it.
        var first = series.Keys.LastOrDefault(day => day <= from) is { Year: > 1 } before ? before : from;
        var days = series.Where(day => day.Key >= first).ToList();
        if (days.Count == 0)
        {
            throw NotFound();
        }

        await FacadeAnswer.SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), time.GetUtcNow(), json =>
        {
            WriteHead(json, query);
            json.WriteString("start_date", days[0].Key.ToText());
            json.WriteString("end_date", days[^1].Key.ToText());
            json.WriteStartObject("rates");
            foreach (var (day, quotes) in days)
            {
                FacadeNames.Write(json, day.ToText(), quotes.Select(rate =>
                    (rate.Key, query.Amount == 1 ? rate.Value : Converter.Product(query.Amount, rate.Value))));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private ushort[] Indexes(RateBook book) => FacadeRates.Indexes(book, options.Value.Frankfurter, "ecb");

    private static void WriteHead(Utf8JsonWriter json, Query query)
    {
        json.WriteStartObject();

        // As the original writes it, a whole amount has one decimal place, and no other ends in zeros; the division takes them away.
        var amount = query.Amount / 1.0000000000000000000000000000m;
        json.WriteNumber("amount", amount.Scale == 0 ? amount * 1.0m : amount);
        json.WriteString("base", query.Base.Code);
    }

    private static DateOnly Read(string day) => IsoText.TryParseDay(day, out var read) ? read : throw Invalid("invalid date");

    private static ProblemException NotFound() => new(StatusCodes.Status404NotFound, "not found");

    private static ProblemException Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Day();

    [GeneratedRegex(
        @"^(?<from>\d{4}-\d\d-\d\d)\.\.(?<to>\d{4}-\d\d-\d\d)?\z", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Range();

    /// <summary>The parsed query parameters of a request in the form of version 1 of Frankfurter.</summary>
    /// <param name="Base">1 base = rate quote.</param>
    /// <param name="Quotes">The quotes; null for all.</param>
    /// <param name="Amount">The amount of the base.</param>
    private sealed record Query(Currency Base, IReadOnlyList<Currency>? Quotes, decimal Amount)
    {
        /// <exception cref="ProblemException">404 for an unknown base, or when no quote is known; 422 for another value.</exception>
        public static Query Parse(HttpRequest request)
        {
            var (quotes, _) = FacadeQuery.Currencies(FacadeQuery.Value(request, "to", "symbols"));
            var @base = CurrencyValues.Find(FacadeQuery.Value(request, "from", "base") ?? "EUR") ?? throw NotFound();
            var amount = FacadeQuery.Value(request, "amount") is { } text ? FacadeQuery.Amount(text) ?? throw Invalid("invalid amount") : 1;
            return quotes switch
            {
                [] => throw NotFound(),
                [var only] when only == @base => throw Invalid("bad currency pair"),
                _ => new(@base, quotes, amount),
            };
        }
    }
}
