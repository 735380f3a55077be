namespace Rates.Api;

/// <summary>Registers and maps the façade of currencyapi.com, version 3: its paths and answers over this service's rates.</summary>
internal sealed class CurrencyapiFacade : IFacade
{
    /// <inheritdoc/>
    public string Name => "currencyapi";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<CurrencyapiEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var endpoint = routes.Get<CurrencyapiEndpoint>();
        const string Root = "/currencyapi/v3";
        routes.MapFacade($"{Root}/latest", endpoint.LatestAsync);
        routes.MapFacade($"{Root}/historical", endpoint.HistoricalAsync);
        routes.MapFacade($"{Root}/convert", endpoint.ConvertAsync);
        routes.MapFacade($"{Root}/range", endpoint.RangeAsync);
        routes.MapFacade($"{Root}/currencies", endpoint.CurrenciesAsync);
        routes.MapFacade($"{Root}/status", endpoint.StatusAsync);
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) =>
        request.Headers["apikey"].ToString() is { Length: > 0 } key ? key : FacadeQuery.Value(request, "apikey");

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem)
    {
        // What other parts of this service refuse with 400, the original refuses with 422.
        var status = problem.Status == StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : problem.Status;
        context.Response.StatusCode = status;
        return FacadeAnswer.SendErrorAsync(context, json =>
        {
            json.WriteStartObject();
            if (problem.Parameter is { } parameter)
            {
                json.WriteString("message", "Validation error");
                json.WriteStartObject("errors");
                json.WriteStartArray(parameter);
                json.WriteStringValue(problem.Message);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            else
            {
                json.WriteString("message", problem.Message);
            }

            json.WriteEndObject();
        });
    }
}
