using System.Buffers;

namespace Rates.Api;

/// <summary>Answers <c>/v1/history</c>: the rates that were published, day by day.</summary>
/// <remarks>
/// An answer up to a quarter of a megabyte is sent whole, with a digest of its bytes as entity tag. A longer one is sent while it is
/// written, provider by provider in JSON and year by year as rows; its tag is of the query and the version of all that it is made of, so
/// that a client that has it is answered without making it.
/// </remarks>
internal sealed class HistoryEndpoint(
    CurrentBook current, HistoryYearCache years, HistorySeriesReader series, BlendedSeriesReader blends, AnswerScopeReader scopes,
    HistoryAnswers answers, TimeProvider time) : IDisposable
{
    // A shorter answer is made in the time that a question to the cache takes.
    private const int FewestKept = 5_000;
    private const int LongestWhole = 256 * 1024;

    // Fewer are sent whole, in whatever format.
    private const int FewestTagged = 500;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _long = new(1, 1);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = HistoryQuery.Parse(context.Request.QueryString.Value, book);
        RatesProblems.RefuseBeforeStore(book);
        var accepted = AnswerFormats.Accepted(context.Request);
        var ask = HistoryAsk.Of(book, query, accepted, scopes, series.Today);
        if (context.Features.Get<HistoryPage>() is { } page)
        {
            page.Cut(ask, series.Today);
            ask = page.First is { } first ? HistoryAsk.Of(book, query.Since(first), accepted, scopes, series.Today) : ask;
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet(book);
        }

        var figures = HistoryLimits.Count(ask);
        var isLong = HistoryLimits.IsLong(ask, figures);
        var format = ask.Format;

        // Reading and crossing years of days takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var key = figures < FewestTagged || format == AnswerFormat.Xml ? null : await KeyAsync(ask, context.RequestAborted);
        var headers = new AnswerHeaders(
            format.ContentType(), key is null ? default : HistoryAnswerKey.TagOf(key), CacheLifetime.For(CacheTime));
        if (IsKnown(context, headers))
        {
            return;
        }

        var keptKey = figures < FewestKept || isLong || query.Rates.KnownAt is not null ? null : key;
        if (keptKey is not null && await TrySendKeptAsync(context, keptKey, headers))
        {
            return;
        }

        if (format == AnswerFormat.Xml)
        {
            await SendXmlAsync(context, ask, isLong);
            return;
        }

        using var copy = keptKey is null ? null : HistoryAnswers.NewCopy();
        using var answer = new LongAnswer(context, headers, LongestWhole) { Copy = copy };
        using var writer = HistoryWriter.Of(format, answer.Buffer, ask.Form);
        writer.Start(ask.From, ask.To, NameOf(query.Group));
        var lack = new HistoryLack();
        await using var pieces = ReadAsync(ask, byYear: format != AnswerFormat.Json, keepsYears: !isLong, lack, context.RequestAborted)
            .GetAsyncEnumerator(context.RequestAborted);
        while (await TakeNextAsync(pieces, writer.Write, isLong, context.RequestAborted))
        {
            await answer.FlushAsync(time.GetUtcNow(), context.RequestAborted);
        }

        writer.End(lack);
        await answer.EndAsync(time.GetUtcNow(), context.RequestAborted);
        if (copy is not null)
        {
            await context.Response.CompleteAsync();
            await answers.KeepAsync(keptKey!, answer.ETag.ToString(), copy, CancellationToken.None);
        }
    }

    /// <summary>The series that a query asks for, for an answer that is held whole in memory.</summary>
    /// <exception cref="ProblemException">400 or 404: the policy does not fit, or the answer would be too long.</exception>
    internal IAsyncEnumerable<IReadOnlyList<ReadySeries>> ReadAsync(
        HistoryQuery query, RateBook book, HistoryLack lack, CancellationToken cancellationToken)
    {
        var ask = HistoryAsk.Of(book, query, AnswerFormat.Xml, scopes, series.Today);
        _ = HistoryLimits.Count(ask);
        return ReadAsync(ask, byYear: false, keepsYears: true, lack, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _long.Dispose();

    // Of several long answers one is made at a time, piece by piece: sending is not waited for, so that a slow client holds up nobody.
    private async Task<bool> TakeNextAsync(
        IAsyncEnumerator<IReadOnlyList<ReadySeries>> pieces, Action<IReadOnlyList<ReadySeries>> take, bool isLong,
        CancellationToken cancellationToken)
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

            take(pieces.Current);
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

    private IAsyncEnumerable<IReadOnlyList<ReadySeries>> ReadAsync(
        HistoryAsk ask, bool byYear, bool keepsYears, HistoryLack lack, CancellationToken cancellationToken) => ask.Blend is null
        ? series.ReadAsync(ask, byYear, keepsYears, lack, cancellationToken)
        : blends.ReadAsync(ask, byYear, keepsYears, lack, cancellationToken);

    // Null when the history of one of the providers has no revision yet: then nothing states which days an answer was made of.
    private async Task<string?> KeyAsync(HistoryAsk ask, CancellationToken cancellationToken)
    {
        var sources = await Task.WhenAll(ask.Providers.Select(index => ask.Book.Entries[index]).Select(async entry =>
            (Entry: entry, Revision: await years.RevisionAsync(entry.Key, cancellationToken))));
        return sources.All(source => source.Revision > 0) ? HistoryAnswerKey.Of(ask, series.Today, sources) : null;
    }

    // The client has the answer, sent while it was written under the same key: it need not be made to know that. Whether there is any
    // answer is not known yet, and of a short one not its tag, so that an asterisk and who wants one unchanged are answered later.
    private bool IsKnown(HttpContext context, in AnswerHeaders headers)
    {
        var coded = headers with { ETag = AnswerCoding.TagOf(headers.ETag, AnswerCoding.Best(context.Request.Headers.AcceptEncoding)) };
        var request = context.Request.Headers;
        return request.IfNoneMatch != "*" && !Preconditions.WantsUnchanged(request)
            && AnswerSender.TrySendKnown(context, coded, time.GetUtcNow());
    }

    private async Task<bool> TrySendKeptAsync(HttpContext context, string key, AnswerHeaders headers)
    {
        var coding = AnswerCoding.Best(context.Request.Headers.AcceptEncoding);
        var isBrotli = coding == AnswerCoding.Brotli;
        if (await answers.FindAsync(key, isExpanded: !isBrotli, context.RequestAborted) is not { } kept)
        {
            return false;
        }

        headers = headers with { ETag = kept.ETag };
        if (isBrotli)
        {
            var coded = headers with { ETag = AnswerCoding.TagOf(kept.ETag, coding) };
            await AnswerSender.SendAsync(context, kept.Brotli, coding, coded, time.GetUtcNow());
            return true;
        }

        // Compressed anew for the few that take gzip alone: a second copy would take as much room as the first.
        await AnswerSender.SendOnceAsync(context, kept.Plain, headers, time.GetUtcNow());
        ArrayPool<byte>.Shared.Return(kept.Plain.Array!);
        return true;
    }

    private static bool? Mark(bool isUnconfirmed) => isUnconfirmed ? true : null;

    private async Task SendXmlAsync(HttpContext context, HistoryAsk ask, bool isLong)
    {
        var form = ask.Form;
        var table = new RowTable("history", "rate", form.Columns);
        var lack = new HistoryLack();
        await using var pieces = ReadAsync(ask, byYear: false, keepsYears: !isLong, lack, context.RequestAborted)
            .GetAsyncEnumerator(context.RequestAborted);
        while (await TakeNextAsync(pieces, some => AddRows(table, form, some), isLong, context.RequestAborted))
        {
        }

        foreach (var (quote, note) in lack.NotCoveredRows)
        {
            AddRow(table, form, new(new(form.Select!, quote, []), -1, default, note));
        }

        var buffer = ByteBuffer.Rent();
        table.Write(buffer, AnswerFormat.Xml, ask.Query.Rates.Answer);
        var headers = AnswerHeaders.Of(AnswerFormat.Xml.ContentType(), buffer.Written.Span, CacheLifetime.For(CacheTime));
        await AnswerSender.SendOnceAsync(context, buffer.Written, headers, time.GetUtcNow());
    }

    private static void AddRows(RowTable table, HistoryForm form, IReadOnlyList<ReadySeries> some)
    {
        foreach (var (one, rate) in some.SelectMany(one => one.Revisions ?? [], (one, rate) => (one, rate)))
        {
            table.Add(
                [
                    rate.Day.ToText(), one.Name, form.Base, one.Quote, rate.Rate, rate.KnownFromText, rate.KnownUntilText,
                    Mark(rate.IsUnconfirmed), rate.Note,
                ]);
        }

        foreach (var row in some.Where(one => one.Revisions is null).SelectMany(one => HistoryWriter.Rows([one])))
        {
            AddRow(table, form, row);
        }
    }

    private static void AddRow(RowTable table, HistoryForm form, in HistoryRow row)
    {
        var (rate, group) = (row.Rate, row.Group);
        Cell[] grouped = form.IsGrouped
            ? [.. RateGroup.Figures.Select(figure => group is { } one ? figure.Of(one) : default(Cell))]
            : [];
        Cell[] blended = form.Select is null ? [] : [rate?.Count, row.Note];
        Cell[] asOf = form.IsFilled ? [rate?.AsOf.ToText()] : [];
        Cell[] lastNote = form.HasLastNote ? [row.Note] : [];
        Cell[] rule = form.Policy is null ? [] : [row.Day == default ? null : form.RuleFor(row.Day)];
        table.Add(
            [
                row.Day == default ? null : row.Day.ToText(), row.Series.Name, form.Base, row.Series.Quote, rate?.Rate, .. grouped,
                .. blended, Mark(rate is { IsUnconfirmed: true }), .. asOf, .. lastNote, .. rule,
            ]);
    }

    private static string NameOf(DayGroup group) => group switch
    {
        DayGroup.Week => "week",
        DayGroup.Month => "month",
        _ => "day",
    };
}
