namespace Rates.Api;

/// <summary>Answers <c>/v1/rates</c>: the rates of a base currency, by provider or combined. The fastest read of the Api.</summary>
internal sealed class RatesEndpoint(CurrentBook current, AnswerScopeReader scopes, PastDayReader pastDays, AnswerClock clock)
{
    /// <summary>Its path.</summary>
    public const string Path = "/v1/rates";

    /// <summary>The query parameters it takes.</summary>
    public static readonly QueryParameters Allowed = new(
    [
        RatesParameters.Base, RatesParameters.Quotes, RatesParameters.Providers, RatesParameters.Select, RatesParameters.Date,
        RatesParameters.KnownAt, .. AnswerChoice.Parameters, RatesParameters.Policy,
    ]);

    // Providers x quotes of an answer that takes less than 100 microseconds: a rate costs about one in a blend, a tenth of it in a row.
    private const int LongestBlend = 60;
    private const int LongestTable = 1_000;

    private static readonly AnswerJson<BlendedRates> Blended = new(options => new RatesJson(options).BlendedRates);

    private readonly KeptAnswers _answers = new();

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
        var print = Fingerprint.Of(raw);
        if (answers.Find(raw, print, accepted) is { } known)
        {
            return AnswerSender.SendAsync(context, known.Body, known.Headers, clock.UtcNow);
        }

        // Read in place: the value is too large to be returned here for nothing.
        var query = new RatesQuery(book);
        QueryParser.Parse(raw, Allowed, ref query);
        RatesProblems.RefuseBeforeStore(book);
        if (IsDated(query))
        {
            return HandleDatedAsync(context, query, book, accepted);
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet(book);
        }

        return IsLong(query, query.Answer.Format ?? accepted)
            ? HandleElsewhereAsync(context, query, answers, print, accepted)
            : Answer(new(context), query, answers, raw, print, accepted);
    }

    /// <summary>
    /// Begins to send the answer to a usual GET, one that asks for JSON. False when it is not of the latest rates, or would keep the thread
    /// for long: nothing was sent then.
    /// </summary>
    /// <param name="exchange">The request.</param>
    /// <param name="raw">Its query, with its question mark.</param>
    /// <param name="sending">Ends when the answer is sent.</param>
    /// <exception cref="ProblemException">The query is wrong, or has no answer. Nothing was sent.</exception>
    public bool TryAnswerAtOnce(in Exchange exchange, ReadOnlySpan<char> raw, out Task sending)
    {
        var book = current.Book;
        var answers = AnswersOf(book);
        var print = Fingerprint.Of(raw);
        if (answers.Find(raw, print, AnswerFormat.Json) is { } known)
        {
            sending = AnswerSender.SendAsync(exchange, known.Body, known.Headers, clock.UtcNow);
            return true;
        }

        EntityTags.Sent.Load(TagKey(print, AnswerFormat.Json));
        var query = new RatesQuery(book);
        QueryParser.Parse(raw, Allowed, ref query);
        var isAtOnce = !IsDated(query) && book.HasSheets && !IsLong(query, query.Answer.Format ?? AnswerFormat.Json);
        sending = isAtOnce ? Answer(exchange, query, answers, raw, print, AnswerFormat.Json) : Task.CompletedTask;
        return isAtOnce;
    }

    private static bool IsDated(in RatesQuery query) => query.Date is not null || query.KnownAt is not null || query.PolicyName is not null;

    private static bool IsLong(in RatesQuery query, AnswerFormat format)
    {
        var quotes = query.Quotes.IsEmpty ? CurrencyTable.Count : query.Quotes.Count;
        return query.Select is null or Selection.Each
            ? format != AnswerFormat.Json && quotes * query.Providers.Length > LongestTable
            : quotes * query.ProvidersFor(query.Select.Value, null).Length > LongestBlend;
    }

    // Not on the thread that serves the sockets: others wait for that one.
    private async Task HandleElsewhereAsync(
        HttpContext context, RatesQuery query, AnswerCache answers, ulong print, AnswerFormat accepted)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Answer(new(context), query, answers, context.Request.QueryString.Value, print, accepted);
    }

    private Task Answer(
        in Exchange exchange, in RatesQuery query, AnswerCache answers, ReadOnlySpan<char> raw, ulong print, AnswerFormat accepted)
    {
        var book = answers.Book;
        var buffer = ByteBuffer.Rent();
        var isCombined = query.Select is not (null or Selection.Each);
        var indexes = isCombined ? query.ProvidersFor(query.Select!.Value, null) : query.Providers;
        if (!isCombined)
        {
            EachAnswer.Load(query, book.Pieces);
        }

        var tagKey = TagKey(print, accepted);
        var sentTag = EntityTags.Sent.Find(tagKey);
        var lifetime = BookLifetime.Of(book, indexes);
        var format = query.Answer.Format ?? accepted;
        var scope = new BlendScope
        {
            Entries = book.Entries,
            Indexes = indexes,
            Day = pastDays.Today,
            IsNamed = query.IsNamed(query.Select ?? Selection.Each),
        };
        Write(buffer, format, query, book, scope, null);
        var answerHeaders = new AnswerHeaders(format.ContentType(), EntityTags.Sent.Of(buffer.Written.Span, tagKey, sentTag), lifetime);
        answers.Offer(raw, print, accepted, buffer.Written.Span, answerHeaders);
        return AnswerSender.SendAsync(exchange, buffer.Written, answerHeaders, clock.UtcNow);
    }

    // Answers in different formats to one query have different tags.
    private static ulong TagKey(ulong print, AnswerFormat accepted) => print + (ulong)accepted;

    /// <summary>The kept answers that were made of a book.</summary>
    internal AnswerCache AnswersOf(RateBook book) => _answers.Of(book);

    private async Task HandleDatedAsync(HttpContext context, RatesQuery query, RateBook book, AnswerFormat accepted)
    {
        var scope = await scopes.ReadAsync(query, query.Select ?? Selection.Each, book, null, context.RequestAborted);
        query.Select = scope.Policy?.Select ?? query.Select;
        var buffer = ByteBuffer.Rent();
        var format = query.Answer.Format ?? accepted;
        Write(buffer, format, query, book, scope.Blend, scope);
        var answerHeaders = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, scope.Lifetime(book));
        await AnswerSender.SendOnceAsync(context, buffer.Written, answerHeaders, clock.UtcNow);
    }

    // Refuses a query when none of the providers has one of the rates.
    private static void Write(
        ByteBuffer buffer, AnswerFormat format, in RatesQuery query, RateBook book, in BlendScope scope, AnswerScope? chosen)
    {
        var isEach = query.Select is null or Selection.Each;
        if (isEach && format == AnswerFormat.Json
            && EachAnswer.WriteJson(buffer, query, chosen is null ? book.Pieces : ProviderPieces.Of(scope.Entries)))
        {
            return;
        }

        RatesProblems.RefuseUncovered(query, scope.Entries, scope.Indexes, scope.Day);
        switch (isEach, format)
        {
            case (true, AnswerFormat.Json):
                break;
            case (true, _):
                EachRows.Write(buffer, format, query, scope.Entries);
                break;
            case (_, AnswerFormat.Json):
                Blended.Write(buffer, Blending.Of(query, scope).By(chosen), query.Answer.NumbersAsText);
                break;
            default:
                BlendedTable.Of(Blending.Of(query, scope).By(chosen)).Write(buffer, format, query.Answer);
                break;
        }
    }
}
