namespace Rates.Api;

/// <summary>
/// Asks the endpoints of <c>/v1</c> from inside the program: the page and the tools for assistants show what <c>/v1</c> answers, byte for
/// byte, without a second way to make it.
/// </summary>
internal sealed class LocalAnswers(
    RatesEndpoint rates, PairEndpoint pair, ConvertEndpoint convert, HistoryEndpoint history, ProvidersEndpoint providers,
    CurrenciesEndpoint currencies)
{
    /// <summary>The JSON that a GET of <c>/v1/rates</c> answers.</summary>
    /// <param name="asker">The request that needs it: its caller's default providers and its cancellation count.</param>
    /// <param name="query">The query without a question mark; empty for none.</param>
    /// <exception cref="ProblemException">The query cannot be answered.</exception>
    public Task<ReadOnlyMemory<byte>> RatesAsync(HttpContext asker, string query) =>
        AskAsync(asker, RatesEndpoint.Path, query, rates.HandleAsync);

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/rates/{base}/{quote}</c> answers.</summary>
    /// <param name="asker">The request that needs it.</param>
    /// <param name="base">The base, as it was written.</param>
    /// <param name="quote">The quote, as it was written.</param>
    /// <param name="query">The query without a question mark; empty for none.</param>
    public Task<ReadOnlyMemory<byte>> PairAsync(HttpContext asker, string @base, string quote, string query) =>
        AskAsync(asker, $"{RatesEndpoint.Path}/{@base}/{quote}", query, pair.HandleAsync, ("base", @base), ("quote", quote));

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/convert</c> answers.</summary>
    public Task<ReadOnlyMemory<byte>> ConvertAsync(HttpContext asker, string query) =>
        AskAsync(asker, "/v1/convert", query, convert.HandleAsync);

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/history</c> answers.</summary>
    /// <param name="asker">The request that needs it.</param>
    /// <param name="query">The query without a question mark; empty for none.</param>
    /// <param name="page">Limits it to its newest days, and then knows which were left out; null for all.</param>
    public Task<ReadOnlyMemory<byte>> HistoryAsync(HttpContext asker, string query, HistoryPage? page = null) => AskAsync(
        asker,
        "/v1/history",
        query,
        context =>
        {
            context.Features.Set(page);
            return history.HandleAsync(context);
        });

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/providers</c> answers.</summary>
    public Task<ReadOnlyMemory<byte>> ProvidersAsync(HttpContext asker) => AskAsync(asker, "/v1/providers", "", providers.HandleAsync);

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/providers/{key}</c> answers.</summary>
    public Task<ReadOnlyMemory<byte>> ProviderAsync(HttpContext asker, string key) =>
        AskAsync(asker, $"/v1/providers/{key}", "", providers.HandleOneAsync, ("key", key));

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/currencies/{code}</c> answers.</summary>
    public Task<ReadOnlyMemory<byte>> CurrencyAsync(HttpContext asker, string code) =>
        AskAsync(asker, $"/v1/currencies/{code}", "", currencies.HandleOneAsync, ("code", code));

    /// <inheritdoc cref="RatesAsync"/>
    /// <summary>The JSON that a GET of <c>/v1/currencies</c> answers.</summary>
    public Task<ReadOnlyMemory<byte>> CurrenciesAsync(HttpContext asker) => AskAsync(asker, "/v1/currencies", "", currencies.HandleAsync);

    /// <summary>A query of these values, without a question mark; those that are null or empty are left out.</summary>
    public static string Query(params (string Name, string? Value)[] values) =>
        QueryOfGiven([.. values.Where(one => one.Value is not "")]);

    /// <summary>A query of these values, without a question mark; those that are null are left out, and empty ones are not.</summary>
    public static string QueryOfGiven(params (string Name, string? Value)[] values) => string.Join(
        '&',
        values.Where(one => one.Value is not null)
            .Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!).Replace("%2C", ",", StringComparison.Ordinal)}"));

    private static async Task<ReadOnlyMemory<byte>> AskAsync(
        HttpContext asker, string path, string query, RequestDelegate handler, params (string Name, string Value)[] route)
    {
        var answer = await new InProcessRequest(asker.RequestServices).RunAsync(
            handler,
            context =>
            {
                context.Request.Path = path;
                context.Request.QueryString = query.Length > 0 ? new($"?{query}") : default;
                foreach (var (name, value) in route)
                {
                    context.Request.RouteValues[name] = value;
                }

                AccessGate.UseDefaults(context.Request, Caller.Of(asker).Key?.DefaultProviders ?? []);
            },
            apiKey: "", asker.TraceIdentifier, asker.RequestAborted);
        return answer.Body;
    }
}
