using System.Globalization;
using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers <c>/v1/history</c>: the rates that were published, day by day.</summary>
/// <remarks>
/// An answer up to a quarter of a megabyte is sent whole, with an entity tag. A longer one is sent while it is written, provider by
/// provider in JSON and year by year as rows.
/// </remarks>
internal sealed class HistoryEndpoint(
    CurrentBook current, HistoryYearCache years, ProviderDayReader days, AnswerScopeReader scopes, HistoryAnswers answers,
    TimeProvider time)
{
    // Days x providers x quotes. XML is written whole, and revisions are held provider by provider.
    private const int MaxFigures = 5_000_000;
    private const int MaxWholeFigures = 200_000;

    // A shorter answer is made in the time that a question to the cache takes.
    private const int FewestKept = 5_000;

    // A query without quotes means all that a provider has; few have more.
    private const int QuotesOfAll = 60;

    // 30 days with today.
    private const int DefaultDays = 29;
    private const int LongestWhole = 256 * 1024;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = HistoryQuery.Parse(context.Request, book);
        var policy = PolicyOf(ref query, book);
        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet();
        }

        var to = query.To ?? Today;
        var from = query.From ?? to.DaysBefore(DefaultDays);
        var format = query.Rates.Answer.Format ?? AnswerFormats.Accepted(context.Request);
        var isWhole = format == AnswerFormat.Xml || query.WithRevisions;
        var figures = CountFigures(query, from, to, query.Rates.Providers.Length, isWhole ? MaxWholeFigures : MaxFigures);

        // Reading and crossing years of days takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var key = figures < FewestKept || format == AnswerFormat.Xml || query.Rates.KnownAt is not null ? null
            : await KeyAsync(book, query, policy, from, to, format, context.RequestAborted);
        if (key is not null && await answers.FindAsync(key, context.RequestAborted) is { } known)
        {
            var headers = AnswerHeaders.Of(format.ContentType(), known, CacheLifetime.For(CacheTime));
            await AnswerSender.SendAsync(context, known, headers, time.GetUtcNow());
            return;
        }

        if (format == AnswerFormat.Xml)
        {
            await SendXmlAsync(context, book, query, policy, from, to);
            return;
        }

        var code = CurrencyTable.At(query.Rates.Base).Code;
        var isGrouped = query.Group != DayGroup.Day;
        var answer = new LongAnswer(context, format.ContentType(), CacheLifetime.For(CacheTime), LongestWhole)
        {
            MostKept = key is null ? 0 : HistoryAnswers.MostBytes,
        };
        using var writer = HistoryWriter.Of(
            format, answer.Buffer,
            new(code, isGrouped, query.WithRevisions, query.Rates.Answer.NumbersAsText)
            {
                IsFilled = query.IsFilled || policy is not null,
                Policy = policy,
                Csv = query.Rates.Answer.Csv,
            });
        writer.Start(from, to, NameOf(query.Group));
        var absent = new List<AbsentProvider>();
        await foreach (
            var series in SeriesAsync(
                book, query, policy, from, to, byYear: format != AnswerFormat.Json, absent, context.RequestAborted))
        {
            writer.Write(series);
            await answer.FlushAsync(time.GetUtcNow(), context.RequestAborted);
        }

        writer.End(absent);
        await answer.EndAsync(time.GetUtcNow(), context.RequestAborted);
        if (key is not null && answer.Whole is { } whole)
        {
            // After the client has all of it.
            context.Response.OnCompleted(() => answers.KeepAsync(key, whole, CancellationToken.None));
        }
    }

    // Null when the history of one of the providers has no revision yet: then nothing states which days an answer was made of.
    private async Task<string?> KeyAsync(
        RateBook book, HistoryQuery query, Policy? policy, DateOnly from, DateOnly to, AnswerFormat format,
        CancellationToken cancellationToken)
    {
        List<(ProviderEntry, long)> sources = [];
        foreach (var index in query.Rates.Providers.ToArray())
        {
            var entry = book.Entries[index];
            if (await years.RevisionAsync(entry.Key, cancellationToken) is not (> 0 and var revision))
            {
                return null;
            }

            sources.Add((entry, revision));
        }

        return HistoryAnswerKey.Of(query, policy, (from, to, Today), format, sources);
    }

    // The series of each provider in turn; of each of its years in turn where rows are written, days are not grouped and revisions
    // are not asked for.
    private async IAsyncEnumerable<IReadOnlyList<ReadySeries>> SeriesAsync(
        RateBook book, HistoryQuery query, Policy? policy, DateOnly from, DateOnly to, bool byYear, List<AbsentProvider> absent,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var index in query.Rates.Providers.ToArray())
        {
            var entry = book.Entries[index];
            var byQuote = new SortedDictionary<Currency, List<HistoryRate>>();
            var any = false;
            if (query.WithRevisions)
            {
                var revised = await RevisedAsync(entry, query, from, to, cancellationToken);
                any = revised.Count > 0;
                yield return revised;
            }

            var filler = FillerOf(entry.Stored.Profile, query, policy, from);
            var first = filler?.First ?? from;
            for (var year = FirstYear(first, from, entry); year <= to.Year && !query.WithRevisions; year++)
            {
                var figures = query.Rates.KnownAt is { } knownAt
                    ? new(await days.ReadAsync(entry, First(first, year), Last(to, year), knownAt, cancellationToken))
                    : await years.ReadAsync(entry, year, cancellationToken);
                AddRates(byQuote, figures, entry, query, first, Last(to, year), filler);
                if (byYear && query.Group == DayGroup.Day && byQuote.Count > 0)
                {
                    any = true;
                    yield return Ready(entry, byQuote, DayGroup.Day);
                    byQuote.Clear();
                }
            }

            if (byQuote.Count > 0)
            {
                any = true;
                yield return Ready(entry, byQuote, query.Group);
            }

            if (!any)
            {
                absent.Add(new(entry.Key, entry.Status.ToText(), WhyNothing(from)));
            }
        }
    }

    private string WhyNothing(DateOnly from) => from > Today.AddDays(RatesLimits.LookAheadDays)
        ? "these days lie in the future"
        : "nothing is stored of these days and pairs";

    // A provider whose figures hold for ever may have set them long before the first day.
    private static int FirstYear(DateOnly first, DateOnly from, ProviderEntry entry) => Math.Max(
        first.Year, Math.Min(from.Year, entry.Stored.Profile.HistoryFrom?.Year ?? FacadeRates.EarliestYear));

    // Null where only days with a figure are answered.
    private HistoryFiller? FillerOf(ProviderProfile profile, in HistoryQuery query, Policy? policy, DateOnly from)
    {
        // No day is filled that was still to come.
        var known = query.Rates.KnownAt is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : Today;
        return policy is null && !query.IsFilled ? null
            : HistoryFiller.Of(policy?.Day ?? DayRule.OnOrBefore, from, known < Today ? known : Today, profile);
    }

    // A history answers providers one by one, so a policy must have one.
    private Policy? PolicyOf(ref HistoryQuery query, RateBook book)
    {
        if (scopes.PolicyOf(query.Rates) is not { } policy)
        {
            return null;
        }

        if (policy.Providers.Count != 1)
        {
            throw ProblemException.BadValue(
                RatesParameters.Policy.Name, policy.Name, "combines providers, which a history does not; name one of a single provider");
        }

        query.Rates = query.Rates.With(null, AnswerScopeReader.IndexesOf(policy, book)[0]);
        return policy;
    }

    private static void AddRates(
        SortedDictionary<Currency, List<HistoryRate>> byQuote, PackedFigures figures, ProviderEntry entry, HistoryQuery query,
        DateOnly from, DateOnly to, HistoryFiller? filler)
    {
        var @base = CurrencyTable.At(query.Rates.Base);
        var quotes = Quotes(query) ?? [.. YearRates.CurrenciesIn(figures).Where(quote => quote != @base)];
        var rates = new YearRates(figures, @base, quotes, entry.Stored.Profile.Pivot);
        var found = new SortedDictionary<Currency, List<HistoryRate>>();
        foreach (var quote in quotes)
        {
            if (rates.Of(quote, from, to).ToList() is { Count: > 0 } some)
            {
                found[quote] = some;
            }
        }

        foreach (var (quote, some) in filler?.Fill(found, to) ?? found)
        {
            (byQuote.TryGetValue(quote, out var list) ? list : byQuote[quote] = []).AddRange(some);
        }
    }

    // The requested quotes; null for all.
    private static List<Currency>? Quotes(in HistoryQuery query)
    {
        if (query.Rates.Quotes.IsEmpty)
        {
            return null;
        }

        List<Currency> quotes = [];
        foreach (var ordinal in query.Rates.Quotes)
        {
            quotes.Add(CurrencyTable.At(ordinal));
        }

        return quotes;
    }

    private static DateOnly First(DateOnly from, int year) => from.Year == year ? from : new(year, 1, 1);

    private static DateOnly Last(DateOnly to, int year) => to.Year == year ? to : new(year, 12, 31);

    private async Task<IReadOnlyList<ReadySeries>> RevisedAsync(
        ProviderEntry entry, HistoryQuery query, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var stored = await days.ReadAsync(entry, from, to, query.Rates.KnownAt, cancellationToken);
        var byQuote = RateRevisions.Of(stored, CurrencyTable.At(query.Rates.Base), Quotes(query), entry);
        return [.. byQuote.Select(quote => ReadySeries.Of(entry.Key, quote.Key.Code, quote.Value))];
    }

    private static IReadOnlyList<ReadySeries> Ready(
        ProviderEntry entry, SortedDictionary<Currency, List<HistoryRate>> byQuote, DayGroup group) =>
        [.. byQuote.Select(quote => new ReadySeries(entry.Key, quote.Key.Code, [.. HistoryPoint.Of(quote.Value, group)]))];

    private static bool? Mark(bool isUnconfirmed) => isUnconfirmed ? true : null;

    private async Task SendXmlAsync(
        HttpContext context, RateBook book, HistoryQuery query, Policy? policy, DateOnly from, DateOnly to)
    {
        var isGrouped = query.Group != DayGroup.Day;
        string[] more = isGrouped ? ["first", "high", "low", "average"] : query.WithRevisions ? ["knownFrom", "knownUntil"] : [];
        string[] asOf = query.IsFilled || policy is not null ? ["asOf"] : [];
        var table = new RowTable("history", "rate", ["date", "provider", "base", "quote", "rate", .. more, "unconfirmed", .. asOf]);
        var code = CurrencyTable.At(query.Rates.Base).Code;
        await foreach (var series in SeriesAsync(book, query, policy, from, to, byYear: false, [], context.RequestAborted))
        {
            foreach (var (one, rate) in series.SelectMany(one => one.Revisions ?? [], (one, rate) => (one, rate)))
            {
                table.Add(
                    [
                        rate.Day.ToText(), one.Provider, code, one.Quote, rate.Rate, rate.KnownFromText, rate.KnownUntilText,
                        Mark(rate.IsUnconfirmed),
                    ]);
            }

            var plain = series.Where(one => one.Revisions is null);
            foreach (var (one, point) in plain.SelectMany(one => one.Points, (one, point) => (one, point)))
            {
                Cell[] grouped = isGrouped ? [point.First, point.High, point.Low, point.Average] : [];
                Cell[] day = asOf.Length > 0 ? [point.AsOf.ToText()] : [];
                table.Add([point.Day.ToText(), one.Provider, code, one.Quote, point.Last, .. grouped, Mark(point.IsUnconfirmed), .. day]);
            }
        }

        var buffer = ByteBuffer.Rent();
        table.Write(buffer, AnswerFormat.Xml, query.Rates.Answer);
        var headers = AnswerHeaders.Of(AnswerFormat.Xml.ContentType(), buffer.Written.Span, CacheLifetime.For(CacheTime));
        await AnswerSender.SendAsync(context, buffer.Written, headers, time.GetUtcNow());
    }

    // How many figures the answer may have; refused when that is too many.
    private static long CountFigures(in HistoryQuery query, DateOnly from, DateOnly to, int providers, int most)
    {
        if (from > to)
        {
            throw ProblemException.BadValue("from", from.ToText(), $"lies after {to.ToText()}");
        }

        var days = to.DayNumber - from.DayNumber + 1L;
        var quotes = query.Rates.Quotes.IsEmpty ? QuotesOfAll : query.Rates.Quotes.Count;
        if (days * quotes * providers > most)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{days} days x {quotes} quotes x {providers} providers is more than {most} figures; ask for less at once"));
        }

        return days * quotes * providers;
    }

    private static string NameOf(DayGroup group) => group switch
    {
        DayGroup.Week => "week",
        DayGroup.Month => "month",
        _ => "day",
    };
}
