namespace Rates.Api;

/// <summary>Answers <c>/v1/rates</c>: the rates of a base currency, by provider or combined. The fastest read of the Api.</summary>
internal sealed class RatesEndpoint(CurrentBook current, AnswerScopeReader scopes, PastDayReader pastDays, TimeProvider time)
{
    /// <summary>Its path.</summary>
    public const string Path = "/v1/rates";

    /// <summary>The query parameters it takes.</summary>
    public static readonly QueryParameters Allowed = new(
        RatesParameters.Base, RatesParameters.Quotes, RatesParameters.Providers, RatesParameters.Select, RatesParameters.Date,
        RatesParameters.KnownAt, AnswerChoice.FormatParameter, AnswerChoice.NumbersParameter, RatesParameters.Policy);

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
        if (query.Date is not null || query.KnownAt is not null || query.PolicyName is not null)
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
        var scope = new BlendScope
        {
            Entries = book.Entries,
            Indexes = indexes,
            Day = pastDays.Today,
            IsNamed = query.IsNamed(query.Select ?? Selection.Each),
        };
        Write(buffer, format, query, scope, null);
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
        var scope = await scopes.ReadAsync(query, query.Select ?? Selection.Each, book, null, context.RequestAborted);
        query.Select = scope.Policy?.Select ?? query.Select;
        var buffer = ByteBuffer.Rent();
        var format = query.Answer.Format ?? accepted;
        RatesProblems.RefuseUncovered(query, scope.Entries, scope.Indexes);
        Write(buffer, format, query, scope.Blend, scope);
        var answerHeaders = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, scope.Lifetime(book));
        await AnswerSender.SendAsync(context, buffer.Written, answerHeaders, time.GetUtcNow());
    }

    private static void Write(ByteBuffer buffer, AnswerFormat format, in RatesQuery query, in BlendScope scope, AnswerScope? chosen)
    {
        switch (query.Select ?? Selection.Each, format)
        {
            case (Selection.Each, AnswerFormat.Json):
                EachAnswer.WriteJson(buffer, query, scope.Entries);
                break;
            case (Selection.Each, _):
                EachAnswer.ToTable(query, scope.Entries).Write(buffer, format, query.Answer.NumbersAsText);
                break;
            case (_, AnswerFormat.Json):
                Blended.Write(buffer, Blending.Of(query, scope).By(chosen), query.Answer.NumbersAsText);
                break;
            default:
                BlendedTable.Of(Blending.Of(query, scope).By(chosen)).Write(buffer, format, query.Answer.NumbersAsText);
                break;
        }
    }
}
