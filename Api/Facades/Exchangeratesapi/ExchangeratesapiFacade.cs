namespace Rates.Api;

/// <summary>
/// Registers and maps the façade of exchangeratesapi.io, its paths and answers over this service's rates: <c>/v1</c>, which is
/// Fixer's, and the older form without a key, which others still serve.
/// </summary>
internal sealed class ExchangeratesapiFacade : IFacade
{
    private static readonly PathString New = "/exchangeratesapi/v1";

    /// <inheritdoc/>
    public string Name => "exchangeratesapi";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<ExchangeratesapiEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var options = Facades.Options(routes.ServiceProvider);
        new FixerEndpoint(routes.Get<FacadeRates>(), options.Exchangeratesapi, routes.Get<TimeProvider>()).Map(routes, New.Value!);
        var old = routes.Get<ExchangeratesapiEndpoint>();
        routes.MapFacade("/exchangeratesapi/latest", old.LatestAsync);
        routes.MapFacade("/exchangeratesapi/history", old.HistoryAsync);
        routes.MapFacade("/exchangeratesapi/{day}", old.DayAsync);
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => FixerError.KeyOf(request);

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem) =>
        context.Request.Path.StartsWithSegments(New, StringComparison.OrdinalIgnoreCase)
            ? FixerError.WriteAsync(context, problem)
            : FacadeAnswer.SendErrorAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteString("error", problem.Message);
                json.WriteEndObject();
            });
}
