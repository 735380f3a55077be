namespace Rates.Api;

/// <summary>Answers <c>/v1/providers</c> and <c>/v1/providers/{key}</c>: the providers with their schedule and health.</summary>
internal sealed class ProvidersEndpoint(CurrentBook current, CurrencyDays days, TimeProvider time)
{
    // Health changes with every fetch.
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);
    private static readonly AnswerWriter<ProviderView> One = new(
        options => new CatalogJson(options).ProviderView, provider => ToTable([provider]));

    private readonly BookAnswer<IReadOnlyList<ProviderView>> _all = new(
        new(options => new CatalogJson(options).IReadOnlyListProviderView, ToTable),

        // The others are only named by settings or by a key.
        book => [.. book.Entries.Where(entry => entry.IsKnown).Select(entry => ProviderView.Of(entry, book))],
        CacheTime);

    /// <summary>Answers every provider.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var choice = AnswerChoice.Parse(context.Request);
        RatesProblems.RefuseBeforeStore(book);
        return _all.SendAsync(context, book, choice, time.GetUtcNow());
    }

    /// <summary>Answers one provider.</summary>
    public async Task HandleOneAsync(HttpContext context)
    {
        var book = current.Book;
        var choice = AnswerChoice.Parse(context.Request);
        var key = context.Request.RouteValues["key"] as string ?? "";
        if (book.Find(key) is not { } entry)
        {
            RatesProblems.RefuseBeforeStore(book);
            throw ProblemException.Unknown("key", key, "is no known provider; /v1/providers lists them");
        }

        var view = ProviderView.Of(entry, book) with { Coverage = await days.ReadAsync(entry, context.RequestAborted) };
        await One.SendAsync(context, view, choice, CacheLifetime.For(CacheTime), time.GetUtcNow());
    }

    private static RowTable ToTable(IReadOnlyList<ProviderView> providers)
    {
        var table = new RowTable(
            "providers", "provider", "key", "name", "country", "pivot", "kind", "status", "asOf", "fetchedAt", "nextExpectedAt",
            "enabled", "verified", "currencies", "failures", "reason", "terms", "institution", "category", "historyFrom");
        foreach (var one in providers)
        {
            table.Add(
                one.Key, one.Name, one.Country, one.Pivot, one.Kind, one.Status, one.AsOf, one.FetchedAt, one.NextExpectedAt,
                one.Enabled, one.Verified,
                one.Currencies.Count, one.Health.Failures, one.Reason, one.Terms, one.Institution, one.Category, one.HistoryFrom);
        }

        return table;
    }
}
