using System.Buffers;

namespace Rates.Api;

/// <summary>Answers <c>/v1/history</c>: the rates that were published, day by day.</summary>
/// <remarks>
/// An answer up to a quarter of a megabyte is sent whole, with an entity tag. A longer one is sent while it is written, provider by
/// provider in JSON and year by year as rows.
/// </remarks>
internal sealed class HistoryEndpoint(
    CurrentBook current, HistoryYearCache years, HistorySeriesReader series, AnswerScopeReader scopes, HistoryAnswers answers,
    TimeProvider time) : IDisposable
{
    // Days x quotes of one provider. JSON is written provider by provider, rows year by year.
    private const int MaxFigures = 5_000_000;

    // Days x quotes x providers. XML is written whole, and revisions are held provider by provider.
    private const int MaxWholeFigures = 200_000;

    // A longer history is read without keeping anything of it, and shares one processor with all others that are as long.
    private const int MostKept = 5_000_000;

    // A shorter answer is made in the time that a question to the cache takes.
    private const int FewestKept = 5_000;

    // A query without quotes means all that a provider has; few have more.
    private const int QuotesOfAll = 60;

    // 30 days with today.
    private const int DefaultDays = 29;
    private const int LongestWhole = 256 * 1024;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _long = new(1, 1);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = HistoryQuery.Parse(context.Request.QueryString.Value, book);
        var policy = PolicyOf(ref query, book);
        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet();
        }

        var (from, to) = DaysOf(query);
        var format = query.Rates.Answer.Format ?? AnswerFormats.Accepted(context.Request);
        var isWhole = format == AnswerFormat.Xml || query.WithRevisions;
        var figures = CountFigures(query, from, to, isWhole);
        var isLong = figures > MostKept;

        // Reading and crossing years of days takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var key = figures < FewestKept || isLong || format == AnswerFormat.Xml || query.Rates.KnownAt is not null ? null
            : await KeyAsync(book, query, policy, from, to, format, context.RequestAborted);
        if (key is not null && await answers.FindAsync(key, context.RequestAborted) is { } known)
        {
            var headers = AnswerHeaders.Of(format.ContentType(), known, CacheLifetime.For(CacheTime));
            await AnswerSender.SendAsync(context, known, headers, time.GetUtcNow());
            ArrayPool<byte>.Shared.Return(known.Array!);
            return;
        }

        if (format == AnswerFormat.Xml)
        {
            await SendXmlAsync(context, book, query, policy, from, to);
            return;
        }

        var code = CurrencyTable.At(query.Rates.Base).Code;
        var isGrouped = query.Group != DayGroup.Day;
        using var copy = key is null ? null : HistoryAnswers.NewCopy();
        var answer = new LongAnswer(context, format.ContentType(), CacheLifetime.For(CacheTime), LongestWhole) { Copy = copy };
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
        await using var pieces = series.ReadAsync(
            book, query, policy, from, to, byYear: format != AnswerFormat.Json, keepsYears: !isLong, absent, context.RequestAborted)
            .GetAsyncEnumerator(context.RequestAborted);
        while (await WriteNextAsync(pieces, writer, isLong, context.RequestAborted))
        {
            await answer.FlushAsync(time.GetUtcNow(), context.RequestAborted);
        }

        writer.End(absent);
        await answer.EndAsync(time.GetUtcNow(), context.RequestAborted);
        if (copy is not null)
        {
            await context.Response.CompleteAsync();
            await answers.KeepAsync(key!, copy, CancellationToken.None);
        }
    }

    /// <summary>The series that a query asks for, for an answer that is held whole in memory.</summary>
    /// <exception cref="ProblemException">400 or 404: the policy does not fit, or the answer would be too long.</exception>
    internal IAsyncEnumerable<IReadOnlyList<ReadySeries>> ReadAsync(HistoryQuery query, RateBook book, CancellationToken cancellationToken)
    {
        var policy = PolicyOf(ref query, book);
        var (from, to) = DaysOf(query);
        _ = CountFigures(query, from, to, isWhole: true);
        return series.ReadAsync(book, query, policy, from, to, byYear: false, keepsYears: true, [], cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _long.Dispose();

    // Of several long answers one is made at a time, piece by piece: sending is not waited for, so that a slow client holds up nobody.
    private async Task<bool> WriteNextAsync(
        IAsyncEnumerator<IReadOnlyList<ReadySeries>> pieces, HistoryWriter writer, bool isLong, CancellationToken cancellationToken)
    {
        if (isLong)
        {
            await _long.WaitAsync(cancellationToken);
        }

        try
        {
            if (!await pieces.MoveNextAsync())
            {
                return false;
            }

            writer.Write(pieces.Current);
            return true;
        }
        finally
        {
            if (isLong)
            {
                _long.Release();
            }
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

        return HistoryAnswerKey.Of(query, policy, (from, to, series.Today), format, sources);
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

    private (DateOnly From, DateOnly To) DaysOf(in HistoryQuery query)
    {
        var to = query.To ?? series.Today;
        return (query.From ?? to.DaysBefore(DefaultDays), to);
    }

    private static bool? Mark(bool isUnconfirmed) => isUnconfirmed ? true : null;

    private async Task SendXmlAsync(
        HttpContext context, RateBook book, HistoryQuery query, Policy? policy, DateOnly from, DateOnly to)
    {
        var isGrouped = query.Group != DayGroup.Day;
        string[] more = isGrouped ? [.. RateGroup.Names] : query.WithRevisions ? ["knownFrom", "knownUntil"] : [];
        string[] asOf = query.IsFilled || policy is not null ? ["asOf"] : [];
        var table = new RowTable("history", "rate", ["date", "provider", "base", "quote", "rate", .. more, "unconfirmed", .. asOf]);
        var code = CurrencyTable.At(query.Rates.Base).Code;
        await foreach (
            var some in series.ReadAsync(book, query, policy, from, to, byYear: false, keepsYears: true, [], context.RequestAborted))
        {
            foreach (var (one, rate) in some.SelectMany(one => one.Revisions ?? [], (one, rate) => (one, rate)))
            {
                table.Add(
                    [
                        rate.Day.ToText(), one.Provider, code, one.Quote, rate.Rate, rate.KnownFromText, rate.KnownUntilText,
                        Mark(rate.IsUnconfirmed),
                    ]);
            }

            var plain = some.Where(one => one.Revisions is null);
            foreach (var (one, (index, rate)) in plain.SelectMany(one => one.Rates.Index(), (one, rate) => (one, rate)))
            {
                Cell[] grouped = one.Groups?[index] is { } group ? [.. RateGroup.Figures.Select(figure => (Cell)figure.Of(group))] : [];
                Cell[] day = asOf.Length > 0 ? [rate.AsOf.ToText()] : [];
                table.Add([rate.Day.ToText(), one.Provider, code, one.Quote, rate.Rate, .. grouped, Mark(rate.IsUnconfirmed), .. day]);
            }
        }

        var buffer = ByteBuffer.Rent();
        table.Write(buffer, AnswerFormat.Xml, query.Rates.Answer);
        var headers = AnswerHeaders.Of(AnswerFormat.Xml.ContentType(), buffer.Written.Span, CacheLifetime.For(CacheTime));
        await AnswerSender.SendAsync(context, buffer.Written, headers, time.GetUtcNow());
    }

    // How many figures the answer may have; refused when that is too many.
    private static long CountFigures(in HistoryQuery query, DateOnly from, DateOnly to, bool isWhole)
    {
        var providers = query.Rates.Providers.Length;
        if (from > to)
        {
            throw ProblemException.BadValue("from", from.ToText(), $"lies after {to.ToText()}");
        }

        var days = to.DayNumber - from.DayNumber + 1L;
        var quotes = query.Rates.Quotes.IsEmpty ? QuotesOfAll : query.Rates.Quotes.Count;
        if (isWhole && days * quotes * providers > MaxWholeFigures)
        {
            throw TooMany($"{days} days x {quotes} quotes x {providers} providers is more than {MaxWholeFigures}");
        }

        if (days * quotes > MaxFigures)
        {
            throw TooMany($"{days} days x {quotes} quotes is more than {MaxFigures}");
        }

        return days * quotes * providers;
    }

    private static ProblemException TooMany(string why) => ProblemException.BadParameter(
        HistoryQuery.FromParameter.Name, $"{why} figures; ask for less at once");

    private static string NameOf(DayGroup group) => group switch
    {
        DayGroup.Week => "week",
        DayGroup.Month => "month",
        _ => "day",
    };
}
