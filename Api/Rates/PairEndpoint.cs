using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/rates/{base}/{quote}</c>: the rate of one pair from every provider, with all that is needed to explain each number to an
/// auditor.
/// </summary>
internal sealed class PairEndpoint(CurrentBook current, AnswerScopeReader scopes, PastDayReader pastDays, TimeProvider time)
{
    /// <summary>The query parameters it takes.</summary>
    public static readonly QueryParameters Allowed = new(
    [
        RatesParameters.Providers, RatesParameters.Date, RatesParameters.KnownAt, .. AnswerChoice.Parameters,
        RatesParameters.Policy,
    ]);

    private static readonly AnswerWriter<PairAnswer> Writer = new(options => new RatesJson(options).PairAnswer, ToTable);

    private readonly KeptAnswers _answers = new();

    /// <summary>Answers a request.</summary>
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
        var query = RatesQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        var pair = new CurrencyPair(Named(context, "base"), Named(context, "quote"));
        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet(book);
        }

        // Every figure of every provider and four blends take too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var scope = await ScopeAsync(query, book, context.RequestAborted);
        var answer = Of(pair, scope);
        if (answer.Providers.All(figure => figure.Rate is null))
        {
            RatesProblems.RefuseUncovered(pair, scope);
        }

        await (scope.IsLatest
            ? Writer.SendAsync(context, answer, query.Answer, scope.Lifetime(book), kept, time.GetUtcNow())
            : Writer.SendAsync(context, answer, query.Answer, scope.Lifetime(book), time.GetUtcNow()));
    }

    // Every provider answers unless some are named, whatever its category.
    private Task<AnswerScope> ScopeAsync(RatesQuery query, RateBook book, CancellationToken cancellationToken)
    {
        if (query.PolicyName is not null)
        {
            return scopes.ReadAsync(query, Selection.First, book, null, cancellationToken);
        }

        var indexes = query.NamesProviders ? query.Providers.ToArray() : book.AllIndexes;
        return query.Date is null && query.KnownAt is null
            ? Task.FromResult(new AnswerScope(book.Entries, indexes, pastDays.Today, query.NamesProviders) { IsLatest = true })
            : scopes.ReadAsync(query, indexes, query.NamesProviders, book, null, cancellationToken);
    }

    private static Currency Named(HttpContext context, string name) =>
        CurrencyTable.At(CurrencyValues.Ordinal(name, context.Request.RouteValues[name] as string));

    private static PairAnswer Of(CurrencyPair pair, AnswerScope scope)
    {
        var blend = PairBlend.Of(pair, scope.Blend);
        var figures = new List<PairFigure>(scope.Indexes.Length);
        foreach (var index in scope.Indexes)
        {
            figures.Add(FigureOf(scope.Entries[index], scope.Entries[index].Rates?.Crosses.Find(pair)) with { Rule = scope.Rule });
        }

        return new(pair.Base.Code, pair.Quote.Code, figures, blend.IsEmpty ? null : Statistics(blend))
        {
            Policy = scope.Policy?.Name,
            Select = scope.Policy?.Select.ToText(),
            Rate = scope.Policy is null || blend.IsEmpty ? null : blend.Shown(blend.Combine(scope.Policy.Select), null).Rate,
        };
    }

    private static PairFigure FigureOf(ProviderEntry entry, CrossRate? cross) => new()
    {
        Provider = entry.Key,
        Name = entry.Name,
        Status = entry.Status.ToText(),
        AsOf = (cross?.AsOf ?? entry.AsOf)?.ToText(),
        Rate = cross is null ? null : RateRounding.Shown(cross.Rate, cross.IsDerived),
        Unconfirmed = cross is { IsUnconfirmed: true } ? true : null,
        Kind = cross?.Kind.ToText(),
        Derived = cross?.IsDerived,
        Path = cross?.Path,
        Published = cross is null ? null : [.. cross.Legs.Select(leg => new PublishedFigure(
            leg.Published.Pair.ToString(),
            leg.Published.AsOf.ToText(),
            leg.Published.Rate.ToText(),
            leg.Published.Kind.ToText(),
            leg.Inverted,
            leg.Published.At?.ToText()))],
        Source = entry.Sheet?.Source,
        PublishedAt = entry.Sheet?.PublishedAt?.ToText(),
        FetchedAt = entry.FetchedAt?.ToText(),
        NextExpectedAt = entry.ExpectedAt?.ToText(),
        Version = entry.ContentVersion,
        Reason = cross is null ? entry.WhyNoRate : entry.ReasonFor(cross),
    };

    private static PairStatistics Statistics(PairBlend pair)
    {
        var blend = pair.Combine(Selection.Median);
        var median = pair.Shown(blend, Blending.Groups(pair.NotUsed(blend)));
        var consensus = Shown(Selection.Consensus);
        return new(
            median.Status, median.Unconfirmed, median.Newest, median.Oldest, median.Count, median.Min, median.Max, median.Spread,
            Shown(Selection.First).Rate, median.Rate, Shown(Selection.Mean).Rate, consensus.Rate,
            median.Providers, consensus.Outliers, median.Absent, median.Note ?? consensus.Note);

        BlendedQuote Shown(Selection method) => pair.Shown(pair.Combine(method), null);
    }

    private static RowTable ToTable(PairAnswer answer)
    {
        string[] rule = answer.Policy is null ? [] : ["rule"];
        var table = new RowTable(
            "rates", "rate",
            [
                "provider", "name", "status", "asOf", "base", "quote", "rate", "kind", "derived", "path", "published", "source",
                "fetchedAt", "version", "reason", "unconfirmed", .. rule,
            ]);
        foreach (var figure in answer.Providers)
        {
            Cell[] given = answer.Policy is null ? [] : [figure.Rule];
            table.Add(
            [
                figure.Provider, figure.Name, figure.Status, figure.AsOf, answer.Base, answer.Quote, figure.Rate, figure.Kind,
                figure.Derived, figure.Path,
                Cell.OfList([.. (figure.Published ?? []).Select(leg => $"{leg.Pair} {leg.Rate}")], "; "),
                figure.Source, figure.FetchedAt, figure.Version, figure.Reason, figure.Unconfirmed, .. given,
            ]);
        }

        return table;
    }
}
