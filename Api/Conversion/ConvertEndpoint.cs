namespace Rates.Api;

/// <summary>Answers <c>/v1/convert</c>: converts one amount, or up to a thousand rows.</summary>
internal sealed class ConvertEndpoint(CurrentBook current, AnswerScopeReader scopes, TimeProvider time)
{
    // Each of them is a read of the store.
    private const int MaxPastReads = 500;

    private static readonly AnswerWriter<Conversion> One = new(
        options => new ConversionJson(options).Conversion, conversion => ToTable([conversion]));

    private static readonly AnswerWriter<IReadOnlyList<Conversion>> Rows = new(
        options => new ConversionJson(options).IReadOnlyListConversion, ToTable);

    private static readonly AnswerWriter<ConversionsByProvider> ByProvider = new(
        options => new ConversionJson(options).ConversionsByProvider,
        answer => ToTable([.. answer.Conversions.Select(one =>
            one with { From = answer.From, To = answer.To, Amount = answer.Amount, Select = answer.Select })]));

    private readonly KeptAnswers _answers = new();

    /// <summary>Converts one amount.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var kept = (Answers: _answers.Of(book), Key: KeptAnswers.KeyOf(context.Request));
        return kept.Answers.Find(kept.Key, KeptAnswers.AnyFormat) is { } known
            ? AnswerSender.SendAsync(context, known.Body, known.Headers, time.GetUtcNow())
            : HandleAsync(context, book, kept);
    }

    private async Task HandleAsync(HttpContext context, RateBook book, (AnswerCache Answers, string Key) kept)
    {
        var query = ConversionQuery.Parse(context.Request.QueryString.Value, ConversionQuery.Allowed, book);
        var to = query.To ?? throw WithoutTarget();

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet(book);
        }

        // With many providers a blend takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var scope = await scopes.ReadAsync(query.Rates, query.Select, book, null, context.RequestAborted);
        var request = new ConversionRequest(
            query.From, to, query.Amount, scope.Policy?.Select ?? query.Select, query.RoundingBy(scope.Policy));
        await (request.Select == Selection.Each
            ? SendAsync(context, ByProvider, Converter.ConvertByEach(request, scope.Entries, scope.Indexes), query, scope, kept)
            : SendAsync(context, One, Convert(request, scope), query, scope, kept));
    }

    private Task SendAsync<T>(
        HttpContext context, AnswerWriter<T> writer, T answer, in ConversionQuery query, AnswerScope scope,
        (AnswerCache Answers, string Key) kept)
    {
        var lifetime = scope.Lifetime(kept.Answers.Book);
        return scope.IsLatest
            ? writer.SendAsync(context, answer, query.Rates.Answer, lifetime, kept, time.GetUtcNow())
            : writer.SendAsync(context, answer, query.Rates.Answer, lifetime, time.GetUtcNow());
    }

    /// <summary>Converts each row; a row that cannot be converted has its own error and does not affect the others.</summary>
    public async Task HandleRowsAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ConversionQuery.Parse(context.Request.QueryString.Value, ConversionQuery.AllowedForRows, book);
        if (query.Rates.Select == Selection.Each)
        {
            throw ProblemException.BadValue("select", "each", "gives no single result a row; choose first, median, mean or consensus");
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet(book);
        }

        var rows = await ConversionRows.ReadAsync(context.Request, context.RequestAborted);
        var policy = scopes.PolicyOf(query.Rates);

        // A rounding that cannot be is refused as a whole rather than in each row.
        _ = query.RoundingBy(policy);
        var reads = new PastReads(MaxPastReads);
        var answers = new List<Conversion>(rows.Count);
        foreach (var row in rows)
        {
            answers.Add(await ConvertAsync(row, query, policy, book, reads, context.RequestAborted) with { Row = answers.Count + 1 });
        }

        // The answer to a POST is of no use to another client, so it is not cached.
        await Rows.SendAsync(context, answers, query.Rates.Answer, CacheLifetime.For(TimeSpan.Zero), time.GetUtcNow());
    }

    private async Task<Conversion> ConvertAsync(
        ConversionRow row, ConversionQuery query, Policy? policy, RateBook book, PastReads reads, CancellationToken cancellationToken)
    {
        if (row.Error is not null)
        {
            return new() { Error = row.Error };
        }

        try
        {
            var (from, to) = (CurrencyValues.Unit("from", Needed("from", row.From)), CurrencyValues.Unit("to", Needed("to", row.To)));
            var amount = QueryValues.Amount("amount", Needed("amount", row.Amount));
            DateOnly? day = row.Date is null ? null : QueryValues.Day("date", row.Date);
            ushort? provider = row.Provider is null ? null
                : policy is null ? IndexOf(row.Provider, book)
                : throw AnswerScopeReader.Fixed("provider", policy);
            var scope = await scopes.ReadAsync(query.Rates.With(day, provider), query.Select, book, reads, cancellationToken);
            return Convert(new(from, to, amount, policy?.Select ?? query.Select, query.RoundingBy(policy)), scope);
        }
        catch (ProblemException wrong)
        {
            return new() { Error = new(wrong.Parameter, wrong.Value, wrong.Message) };
        }
    }

    // No currency is taken for granted: an empty cell among others is more likely a mistake than the euro.
    private static string Needed(string name, string? value) => value is { Length: > 0 } given ? given
        : throw ProblemException.BadParameter(name, "is missing; each row needs amount, from and to");

    /// <summary>400: the request does not say what to convert to.</summary>
    internal static ProblemException WithoutTarget() =>
        ProblemException.BadParameter("to", "is missing; it names the currency to convert to");

    /// <summary>Converts one amount, and names the policy and the rule that chose the rate.</summary>
    /// <exception cref="ProblemException">404: no provider has the pair. 400: the result is too large or too small.</exception>
    internal static Conversion Convert(in ConversionRequest request, AnswerScope scope) =>
        Converter.Convert(request, scope.Blend) with { Policy = scope.Policy?.Name, Rule = scope.Rule };

    private static ushort IndexOf(string provider, RateBook book) => book.IndexOf(provider) is var index and >= 0
        ? (ushort)index
        : throw ProblemException.Unknown("provider", provider, "is no known provider; /v1/providers lists them");

    private static RowTable ToTable(IReadOnlyList<Conversion> conversions)
    {
        string[] rule = conversions.Any(one => one.Rule is not null) ? ["rule"] : [];
        var table = new RowTable(
            "conversions", "conversion",
            [
                "row", "from", "to", "amount", "select", "rate", "result", "asOf", "providers", "status", "path", "note", "error",
                "unconfirmed", "inverse", "newest", "oldest", .. rule, "spread",
            ]);
        foreach (var one in conversions)
        {
            Cell[] given = rule.Length == 0 ? [] : [one.Rule];
            table.Add(
            [
                one.Row, one.From, one.To, one.Amount, one.Select, one.Rate, one.Result, one.AsOf, Cell.OfList(one.Providers), one.Status,
                one.Path, one.Note, one.Error?.Detail, one.Unconfirmed, one.Inverse, one.Newest, one.Oldest, .. given,
                one.Spread,
            ]);
        }

        return table;
    }
}
