namespace Rates.Api;

/// <summary>Answers <c>/v1/rates</c>: the rates of a base currency, by provider or combined. The fastest read of the Api.</summary>
internal sealed class RatesEndpoint(CurrentBook current, PastDayReader pastDays, TimeProvider time)
{
    /// <summary>Its path.</summary>
    public const string Path = "/v1/rates";

    /// <summary>The query parameters it takes.</summary>
    public static readonly QueryParameters Allowed = new(
        RatesParameters.Base, RatesParameters.Quotes, RatesParameters.Providers, RatesParameters.Select, RatesParameters.Date,
        RatesParameters.KnownAt, AnswerChoice.FormatParameter, AnswerChoice.NumbersParameter);

    private static readonly AnswerJson<BlendedRates> Blended = new(options => new RatesJson(options).BlendedRates);

    private AnswerCache _answers = new(RateBook.Empty);

    /// <summary>Middleware that answers this path before routing: it is requested far more often than the others.</summary>
    public RequestDelegate AnswerBeforeRouting(RequestDelegate next)
    {
        var handler = ApiProblems.Guard(HandleAsync);
        return context =>
            context.Request.Path.Value == Path && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                ? handler(context)
                : next(context);
    }

    /// <summary>Answers from the book without waiting, unless a past day is requested.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var answers = AnswersOf(book);
        var raw = context.Request.QueryString.Value ?? "";
        var accepted = AnswerFormats.Accepted(context.Request);
        if (answers.Find(raw, accepted) is { } known)
        {
            return AnswerSender.SendAsync(context, known.Body, known.Headers, time.GetUtcNow());
        }

        var query = RatesQuery.Parse(raw, Allowed, book);
        if (query.Date is not null || query.KnownAt is not null)
        {
            return HandleDatedAsync(context, query, book, accepted);
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet();
        }

        var buffer = ByteBuffer.Rent();
        var isCombined = query.Select is not (null or Selection.Each);
        var indexes = isCombined ? query.ProvidersFor(query.Select!.Value, null) : query.Providers;
        RatesProblems.RefuseUncovered(query, book.Entries, indexes);
        var format = query.Answer.Format ?? accepted;
        Write(buffer, format, query, book.Entries, indexes, pastDays.Today);
        var answerHeaders = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, BookLifetime.Of(book, indexes));
        answers.Offer(raw, accepted, buffer.Written.Span, answerHeaders);
        return AnswerSender.SendAsync(context, buffer.Written, answerHeaders, time.GetUtcNow());
    }

    /// <summary>The cache of a book. Each book has its own, so an answer of an earlier book is never found.</summary>
    /// <remarks>Two threads may both make one; the later one stays.</remarks>
    internal AnswerCache AnswersOf(RateBook book)
    {
        var answers = Volatile.Read(ref _answers);
        if (!ReferenceEquals(answers.Book, book))
        {
            Volatile.Write(ref _answers, answers = new(book));
        }

        return answers;
    }

    private async Task HandleDatedAsync(HttpContext context, RatesQuery query, RateBook book, AnswerFormat accepted)
    {
        var today = pastDays.Today;

        // What was known at an instant is, unless a day is named, what was the latest then.
        var day = query.Date ?? (DateOnly.FromDateTime(query.KnownAt!.Value.UtcDateTime) is var then && then < today ? then : today);
        var indexes = query.ProvidersFor(query.Select ?? Selection.Each, day < today ? day : null);
        var entries = await pastDays.ReadAsync(day, query.KnownAt, book, indexes, context.RequestAborted);
        var buffer = ByteBuffer.Rent();
        var format = query.Answer.Format ?? accepted;
        RatesProblems.RefuseUncovered(query, entries, indexes);
        Write(buffer, format, query, entries, indexes, day < today ? day : today);
        var answerHeaders = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, BookLifetime.OfDay(entries, indexes));
        await AnswerSender.SendAsync(context, buffer.Written, answerHeaders, time.GetUtcNow());
    }

    private static void Write(
        ByteBuffer buffer, AnswerFormat format, in RatesQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes,
        DateOnly day)
    {
        var scope = new BlendScope
        {
            Entries = entries,
            Indexes = indexes,
            Day = day,
            IsNamed = query.IsNamed(query.Select ?? Selection.Each)
        };
        switch (query.Select ?? Selection.Each, format)
        {
            case (Selection.Each, AnswerFormat.Json):
                EachAnswer.WriteJson(buffer, query, entries);
                break;
            case (Selection.Each, _):
                EachAnswer.ToTable(query, entries).Write(buffer, format, query.Answer.NumbersAsText);
                break;
            case (_, AnswerFormat.Json):
                Blended.Write(buffer, Blending.Of(query, scope), query.Answer.NumbersAsText);
                break;
            default:
                BlendedTable.Of(Blending.Of(query, scope)).Write(buffer, format, query.Answer.NumbersAsText);
                break;
        }
    }
}
