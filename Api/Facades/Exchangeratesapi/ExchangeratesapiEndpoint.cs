using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests in the older form of exchangeratesapi.io, which needed no key.</summary>
internal sealed class ExchangeratesapiEndpoint(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    /// <summary>Answers the latest rates.</summary>
    public Task LatestAsync(HttpContext context) => AnswerAsync(context, null);

    /// <summary>Answers the rates of a day or of the last one before it.</summary>
    public Task DayAsync(HttpContext context) => AnswerAsync(context, Day(FacadeQuery.Route(context.Request, "day")));

    /// <summary>Answers the rates of each day with a publication from <c>start_at</c> to <c>end_at</c>.</summary>
    public async Task HistoryAsync(HttpContext context)
    {
        var (book, indexes, @base, symbols) = Read(context.Request, null);
        var start = Day(FacadeQuery.Value(context.Request, "start_at") ?? throw Bad("missing 'start_at' parameter"));
        var end = Day(FacadeQuery.Value(context.Request, "end_at") ?? throw Bad("missing 'end_at' parameter"));
        var days = await rates.SeriesAsync(book, indexes, @base, symbols, start, end, context.RequestAborted);
        if (IsListed(@base, @base) && symbols?.Contains(@base) != false)
        {
            foreach (var figures in days.Values)
            {
                figures[@base] = 1;
            }
        }

        await FacadeAnswer.SendAsync(context, CacheLifetime.For(PastDayReader.CacheTime), time.GetUtcNow(), json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("rates");
            foreach (var (day, figures) in days)
            {
                FacadeNames.Write(json, day.ToText(), figures.Select(figure => (figure.Key, figure.Value)));
            }

            json.WriteEndObject();
            json.WriteString("start_at", start.ToText());
            json.WriteString("base", @base.Code);
            json.WriteString("end_at", end.ToText());
            json.WriteEndObject();
        });
    }

    private async Task AnswerAsync(HttpContext context, DateOnly? day)
    {
        var (book, indexes, @base, symbols) = Read(context.Request, day);
        var answer = (await rates.OfDayAsync(
            book, indexes, Selection.First, @base, symbols, day, context.RequestAborted)).MarkedIn(context);
        if (answer.Day is not { } of)
        {
            throw Bad($"There is no data for {(day ?? rates.Today).ToText()}.");
        }

        await FacadeAnswer.SendAsync(context, answer.Lifetime, time.GetUtcNow(), json =>
        {
            json.WriteStartObject();
            var listed = answer.Rates.Where(rate => IsListed(rate.Quote, @base));
            FacadeNames.Write(json, "rates", listed.Select(rate => (rate.Quote, rate.Shown)));
            json.WriteString("base", @base.Code);
            json.WriteString("date", of.ToText());
            json.WriteEndObject();
        });
    }

    private (RateBook Book, ushort[] Indexes, Currency Base, IReadOnlyList<Currency>? Symbols) Read(HttpRequest request, DateOnly? day)
    {
        var book = rates.Book;
        var (code, codes) = (FacadeQuery.Value(request, "base") ?? "EUR", FacadeQuery.Value(request, "symbols"));
        var @base = CurrencyValues.Find(code) ?? throw Bad($"Base '{ProblemException.Cut(code)}' is not supported.");
        var (symbols, unknown) = FacadeQuery.Currencies(codes);
        return unknown is null
            ? (book, FacadeRates.Indexes(book, options.Value.Exchangeratesapi, "ecb", "erapi"), @base, symbols)
            : throw Bad($"Symbols '{ProblemException.Cut(codes)}' are invalid for date {(day ?? rates.Today).ToText()}.");
    }

    // The euro is not among the figures of the euro; another base is in its own, as 1.
    private static bool IsListed(Currency quote, Currency @base) => quote != @base || @base != Currency.Eur;

    private static DateOnly Day(string text) =>
        IsoText.TryParseDay(text, out var day) ? day : throw Bad("A day has the form 2026-08-20.");

    private static ProblemException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
