namespace Rates.Api;

/// <summary>Every address there is.</summary>
internal static class ApiRoutes
{
    private static readonly string[] Formats = ["application/json", "text/csv", "application/xml", "application/x-ndjson"];

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var convert = services.GetRequiredService<ConvertEndpoint>();
        var providers = services.GetRequiredService<ProvidersEndpoint>();
        var currencies = services.GetRequiredService<CurrenciesEndpoint>();
        var health = services.GetRequiredService<HealthEndpoints>();

        Read<RatesAnswer>(routes, RatesEndpoint.Path, services.GetRequiredService<RatesEndpoint>().HandleAsync, "GetRates",
            "The latest rates, or those of a day, by provider or combined", RatesEndpoint.Allowed, typeof(BlendedRates));
        Read<PairAnswer>(routes, "/v1/rates/{base}/{quote}", services.GetRequiredService<PairEndpoint>().HandleAsync, "GetPair",
            "One pair from every provider, with the published figures behind each", PairEndpoint.Allowed);
        Read<Conversion>(routes, "/v1/convert", convert.HandleAsync, "Convert",
            "An amount in another currency", ConvertEndpoint.Allowed, typeof(ConversionsByProvider));
        Describe<IReadOnlyList<Conversion>>(routes.MapPost("/v1/convert", (Delegate)ApiProblems.Guard(convert.HandleRowsAsync)), "ConvertRows",
            $"Up to {Limits.Rows} amounts, answered row by row", ConvertEndpoint.AllowedForRows, 413, 415).Accepts<ConversionRow[]>("application/json", "text/csv");
        Read<HistoryAnswer>(routes, "/v1/history", services.GetRequiredService<HistoryEndpoint>().HandleAsync, "GetHistory",
            "What was published, day by day", HistoryEndpoint.Allowed);
        Read<IReadOnlyList<ProviderView>>(routes, "/v1/providers", providers.HandleAsync, "GetProviders",
            "Every provider, with schedule and health", ProvidersEndpoint.Allowed);
        Read<ProviderView>(routes, "/v1/providers/{key}", providers.HandleOneAsync, "GetProvider", "One provider", ProvidersEndpoint.Allowed);
        Read<IReadOnlyList<CurrencyView>>(routes, "/v1/currencies", currencies.HandleAsync, "GetCurrencies",
            "Every known currency and who answers in it", CurrenciesEndpoint.Allowed);
        Read<CurrencyView>(routes, "/v1/currencies/{code}", currencies.HandleOneAsync, "GetCurrency", "One currency", CurrenciesEndpoint.Allowed);
        Plain<string>(routes, "/v1/events", services.GetRequiredService<EventsEndpoint>().HandleAsync, "GetEvents",
            "Server-sent events: published, revised, stale, failed", EventsEndpoint.ContentType);
        Plain<Liveness>(routes, "/health/live", health.HandleLiveAsync, "GetLiveness", "Whether the process runs", "application/json");
        Plain<Readiness>(routes, "/health/ready", health.HandleReadyAsync, "GetReadiness", "Whether there are rates to serve, and where they come from", "application/json");

        foreach (var file in PageFile.All)
        {
            Both(routes, file.Path, file.SendAsync).ExcludeFromDescription();
        }
    }

    private static void Read<T>(
        IEndpointRouteBuilder routes, string pattern, RequestDelegate handler, string name, string summary, Parameters allowed, Type? other = null) =>
        Both(routes, pattern, handler).WithName(name).WithSummary(summary).WithTags("Rates")
            .WithMetadata(new OperationFacts(allowed, [400, 404, 406, 503], other))
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(T), Formats));

    private static void Plain<T>(IEndpointRouteBuilder routes, string pattern, RequestDelegate handler, string name, string summary, string contentType) =>
        Both(routes, pattern, handler).WithName(name).WithSummary(summary).WithTags("Operation")
            .WithMetadata(new OperationFacts(Parameters.None, [400, 503], null))
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(T), [contentType]));

    private static RouteHandlerBuilder Describe<T>(RouteHandlerBuilder route, string name, string summary, Parameters allowed, params int[] errors) =>
        route.WithName(name).WithSummary(summary).WithTags("Rates")
            .WithMetadata(new OperationFacts(allowed, [400, .. errors, 503], null))
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(T), Formats));

    // Passed as Delegate, not as RequestDelegate: only those are described. HEAD answers like GET, which need not be said twice.
    private static RouteHandlerBuilder Both(IEndpointRouteBuilder routes, string pattern, RequestDelegate handler)
    {
        var guarded = ApiProblems.Guard(handler);
        routes.MapMethods(pattern, [HttpMethods.Head], (Delegate)guarded).ExcludeFromDescription();
        return routes.MapGet(pattern, (Delegate)guarded);
    }
}
