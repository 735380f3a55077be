namespace Rates.Api;

/// <summary><c>/v1/rates</c>: the read that everything here is built for.</summary>
internal sealed class RatesEndpoint(CurrentBook current, DatedBooks dated, TimeProvider time)
{
    /// <summary>Its path.</summary>
    public const string Path = "/v1/rates";

    /// <summary>What it takes.</summary>
    public const Parameters Allowed = Parameters.Base | Parameters.Quotes | Parameters.Select | Parameters.Date | Parameters.Common;

    /// <summary>Answers, from the book and without waiting unless a past day is asked for.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var raw = context.Request.QueryString.Value ?? "";
        var accepted = AnswerFormats.Accepted(context.Request);
        if (book.Answers.Find(raw, accepted) is { } known)
        {
            return AnswerSender.SendAsync(context, known.Body, known.Facts, time.GetUtcNow());
        }

        var query = ApiQuery.Parse(raw, Allowed, book);
        if (query.Date is not null)
        {
            return HandleDatedAsync(context, query, book, accepted);
        }

        if (!book.HasSheets)
        {
            throw Problems.NothingYet();
        }

        var buffer = ByteBuffer.Rent();
        var places = query.Providers(book);
        Problems.RefuseUncovered(query, book.Entries, places);
        var format = query.Format ?? accepted;
        Write(buffer, format, query, book.Entries, places);
        var facts = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, Freshness.Of(book, places));
        book.Answers.Offer(raw, accepted, buffer.Written.Span, facts);
        return AnswerSender.SendAsync(context, buffer.Written, facts, time.GetUtcNow());
    }

    private async Task HandleDatedAsync(HttpContext context, ApiQuery query, RateBook book, AnswerFormat accepted)
    {
        var entries = await dated.ReadAsync(query, book, context.RequestAborted);
        var buffer = ByteBuffer.Rent();
        var format = query.Format ?? accepted;
        Problems.RefuseUncovered(query, entries, query.Providers(book));
        Write(buffer, format, query, entries, query.Providers(book));
        await AnswerSender.SendAsync(context, buffer.Written, AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, Freshness.For(DatedBooks.Kept)), time.GetUtcNow());
    }

    private static void Write(ByteBuffer buffer, AnswerFormat format, in ApiQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> places)
    {
        switch (query.Select ?? Selection.Each, format)
        {
            case (Selection.Each, AnswerFormat.Json):
                EachAnswer.WriteJson(buffer, query, entries, places);
                break;
            case (Selection.Each, _):
                EachAnswer.ToTable(query, entries, places).Write(buffer, format, query.NumbersAsText);
                break;
            case (_, AnswerFormat.Json):
                ApiJson.Write(buffer, Blending.Of(query, entries, places), query.NumbersAsText, json => json.BlendedRates);
                break;
            default:
                BlendedTable.Of(Blending.Of(query, entries, places)).Write(buffer, format, query.NumbersAsText);
                break;
        }
    }
}
