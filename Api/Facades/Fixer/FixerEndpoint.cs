using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers requests in the form of Fixer and of the services with the same engine, so that their clients can use this service.
/// </summary>
/// <param name="rates">The rates.</param>
/// <param name="providers">The configured providers; empty for those that ship.</param>
/// <param name="time">The clock.</param>
/// <param name="isHost">
/// True for the answers of exchangerate.host: they begin with <c>motd</c> and have no time stamp; <c>amount</c> and <c>places</c> are
/// taken.
/// </param>
internal sealed class FixerEndpoint(FacadeRates rates, IList<string> providers, TimeProvider time, bool isHost = false)
{
    private const int MostDays = 366;

    /// <summary>Maps its routes.</summary>
    /// <param name="routes">Where to map them.</param>
    /// <param name="root">The path that they lie below.</param>
    public void Map(IEndpointRouteBuilder routes, string root)
    {
        routes.MapFacade($"{root}/latest", context => DayAsync(context, null));
        routes.MapFacade($"{root}/{{day}}", context =>
            DayAsync(context, DayOf(FacadeQuery.Route(context.Request, "day"))));
        routes.MapFacade($"{root}/symbols", SymbolsAsync);
        routes.MapFacade($"{root}/convert", ConvertAsync);
        routes.MapFacade($"{root}/timeseries", TimeSeriesAsync);
        routes.MapFacade($"{root}/fluctuation", FluctuationAsync);
    }

    /// <summary>The known providers that answer.</summary>
    public ushort[] Indexes(RateBook book) => FacadeRates.Indexes(book, providers, "ecb", "erapi");

    /// <summary>Answers the first and the last rate of a range of days, and their difference.</summary>
    public async Task FluctuationAsync(HttpContext context)
    {
        var (query, amount) = (Read(context.Request), AmountOf(context.Request));
        var (start, end) = Span(context.Request);
        var (first, last) = await EndsAsync(query, start, end, context);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            json.WriteBoolean("fluctuation", true);
            WriteSpan(json, start, end, "base", query.Base);
            json.WriteStartObject("rates");
            FixerChange.WriteAll(json, "", first, last, amount);
            json.WriteEndObject();
        });
    }

    /// <summary>The rates in force on the first and on the last day of a range.</summary>
    /// <exception cref="ProblemException">106: there are none on one of them.</exception>
    public async Task<(FacadeDay First, FacadeDay Last)> EndsAsync(
        FixerQuery query, DateOnly start, DateOnly end, HttpContext context)
    {
        var (first, last) = (await OfDayAsync(start), await OfDayAsync(end));
        return first.Rates.Count == 0 || last.Rates.Count == 0 ? throw FixerError.NoRates() : (first, last);

        async Task<FacadeDay> OfDayAsync(DateOnly day) => (await rates.OfDayAsync(
            query.Book, query.Indexes, Selection.First, query.Base, query.Symbols, day, context.RequestAborted)).MarkedIn(context);
    }

    /// <summary>Reads base and symbols.</summary>
    /// <param name="request">The request.</param>
    /// <param name="baseName">The parameter that names the base.</param>
    /// <param name="symbolsName">The parameter that names the symbols.</param>
    /// <param name="usual">The base unless one is named.</param>
    public FixerQuery Read(HttpRequest request, string baseName = "base", string symbolsName = "symbols", string usual = "EUR")
    {
        var book = rates.Book;
        var @base = CurrencyValues.Find(FacadeQuery.Value(request, baseName) ?? usual) ?? throw FixerError.BadBase();
        var (symbols, unknown) = FacadeQuery.Currencies(FacadeQuery.Value(request, symbolsName));
        return unknown is null ? new(book, Indexes(book), @base, symbols) : throw FixerError.BadSymbols();
    }

    /// <summary>Reads <c>start_date</c> and <c>end_date</c>.</summary>
    public (DateOnly Start, DateOnly End) Span(HttpRequest request)
    {
        var (from, to) = (FacadeQuery.Value(request, "start_date"), FacadeQuery.Value(request, "end_date"));
        if (from is null || to is null)
        {
            throw FixerError.Of(501, "no_timeframe_supplied", "start_date and end_date are required.");
        }

        var start = Day(from, () => FixerError.Of(502, "invalid_start_date", "start_date is not a past day such as 2026-08-20."));
        var end = Day(to, () => FixerError.Of(503, "invalid_end_date", "end_date is not a past day such as 2026-08-20."));
        return start > end ? throw FixerError.Of(504, "invalid_time_frame", "start_date lies after end_date.")
            : end.DayNumber - start.DayNumber > MostDays
                ? throw FixerError.Of(505, "time_frame_too_long", $"The range has more than {MostDays} days.")
                : (start, end);
    }

    /// <summary>Writes the days that an answer is about, and its base under the name <paramref name="baseName"/>.</summary>
    public static void WriteSpan(Utf8JsonWriter json, DateOnly start, DateOnly end, string baseName, Currency @base)
    {
        json.WriteString("start_date", start.ToText());
        json.WriteString("end_date", end.ToText());
        json.WriteString(baseName, @base.Code);
    }

    /// <summary>A day that is not after today.</summary>
    public DateOnly Day(string text, Func<ProblemException> error) =>
        IsoText.TryParseDay(text, out var day) && day <= rates.Today ? day : throw error();

    /// <summary>Sends a success.</summary>
    public Task SendAsync(HttpContext context, in CacheLifetime lifetime, Action<Utf8JsonWriter> write) => FacadeAnswer.SendAsync(
        context,
        lifetime,
        time.GetUtcNow(),
        json =>
        {
            json.WriteStartObject();
            if (isHost)
            {
                json.WriteStartObject("motd");
                json.WriteString("msg", "Answered by Rates");
                json.WriteString("url", "/v1/providers");
                json.WriteEndObject();
            }

            json.WriteBoolean("success", true);
            write(json);
            json.WriteEndObject();
        },
        FacadeQuery.IsTrue(context.Request, "format"),
        FacadeAnswer.Callback(context.Request));

    // A name that cannot be a day is one of an endpoint that there is not.
    private DateOnly DayOf(string name) =>
        Day(name, char.IsAsciiDigit(name.FirstOrDefault()) ? FixerError.BadDate : FixerError.NoSuchEndpoint);

    private HostAmount AmountOf(HttpRequest request) => isHost ? HostAmount.Of(request) : HostAmount.One;

    private async Task DayAsync(HttpContext context, DateOnly? day)
    {
        var (query, amount) = (Read(context.Request), AmountOf(context.Request));
        var answer = (await rates.OfDayAsync(
            query.Book, query.Indexes, Selection.First, query.Base, query.Symbols, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Day is not { } of)
        {
            throw FixerError.NoRates();
        }

        await SendAsync(context, answer.Lifetime, json =>
        {
            if (!isHost)
            {
                json.WriteNumber("timestamp", answer.TimestampOf(day, rates.Today));
            }

            if (day is not null)
            {
                json.WriteBoolean("historical", true);
            }

            json.WriteString("base", query.Base.Code);
            json.WriteString("date", (day ?? of).ToText());
            FacadeNames.Write(json, "rates", answer.Rates.Select(rate => (rate.Quote, amount.Of(rate))));
        });
    }

    private Task SymbolsAsync(HttpContext context)
    {
        var book = rates.Book;
        var indexes = Indexes(book);
        return SendAsync(context, BookLifetime.Of(book, indexes), json =>
        {
            json.WritePropertyName("symbols");
            if (isHost)
            {
                HostAmount.WriteSymbols(json, FacadeNames.Of(book, indexes));
            }
            else
            {
                FacadeNames.Write(json, FacadeNames.Of(book, indexes));
            }
        });
    }

    private async Task ConvertAsync(HttpContext context)
    {
        var conversion = await ConversionAsync(context);
        await SendAsync(context, conversion.Day.Lifetime, conversion.Write);
    }

    /// <summary>Converts the amount that a request names, and refuses what it cannot read.</summary>
    public async Task<FixerConversion> ConversionAsync(HttpContext context)
    {
        var request = context.Request;
        var from = CurrencyValues.Find(FacadeQuery.Value(request, "from") ?? "")
            ?? throw FixerError.Of(401, "invalid_from_currency", "from is not a known currency.");
        var to = CurrencyValues.Find(FacadeQuery.Value(request, "to") ?? "")
            ?? throw FixerError.Of(402, "invalid_to_currency", "to is not a known currency.");
        if (!isHost && FacadeQuery.Value(request, "amount") is null)
        {
            throw FixerError.BadAmount();
        }

        var amount = isHost ? HostAmount.Of(request) : new(HostAmount.AmountOf(request), null);
        DateOnly? day = FacadeQuery.Value(request, "date") is { } date ? Day(date, FixerError.BadDate) : null;
        var book = rates.Book;
        var answer = (await rates.OfDayAsync(
            book, Indexes(book), Selection.First, from, [to], day, context.RequestAborted)).MarkedIn(context);
        var rate = answer.Find(to) ?? throw FixerError.NoRates();
        return new(answer, rate, amount, day, answer.TimestampOf(day, rates.Today), isHost);
    }

    private async Task TimeSeriesAsync(HttpContext context)
    {
        var (query, amount) = (Read(context.Request), AmountOf(context.Request));
        var (start, end) = Span(context.Request);
        var days = await rates.OfCalendarDaysAsync(
            query.Book, query.Indexes, query.Base, query.Symbols, start, end, context.RequestAborted);
        await SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), json =>
        {
            json.WriteBoolean("timeseries", true);
            WriteSpan(json, start, end, "base", query.Base);
            json.WriteStartObject("rates");
            foreach (var (day, figures) in days)
            {
                FacadeNames.Write(json, day.ToText(), figures.Select(figure => (figure.Key, amount.Of(figure.Value))));
            }

            json.WriteEndObject();
        });
    }
}

/// <summary>The parsed query parameters of a request in Fixer's form.</summary>
/// <param name="Book">The book that answers it.</param>
/// <param name="Indexes">The providers, in order of preference.</param>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Symbols">The quotes; null for all.</param>
internal sealed record FixerQuery(RateBook Book, ushort[] Indexes, Currency Base, IReadOnlyList<Currency>? Symbols);
