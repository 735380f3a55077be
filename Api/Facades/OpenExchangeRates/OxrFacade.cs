namespace Rates.Api;

/// <summary>Registers and maps the façade of Open Exchange Rates: its paths and answers over this service's rates.</summary>
internal sealed class OxrFacade : IFacade
{
    private const string TokenScheme = "Token ";

    // What the Parameter of a problem says where it is one of theirs.
    private static readonly string[] Codes = ["invalid_base", "invalid_date", "invalid_value", "not_available"];

    /// <inheritdoc/>
    public string Name => "oxr";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<OxrEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var endpoint = routes.Get<OxrEndpoint>();
        routes.MapFacade("/oxr/api/latest.json", endpoint.LatestAsync);
        routes.MapFacade("/oxr/api/historical/{day}.json", endpoint.HistoricalAsync);
        routes.MapFacade("/oxr/api/time-series.json", endpoint.TimeSeriesAsync);
        routes.MapFacade("/oxr/api/currencies.json", endpoint.CurrenciesAsync);
        routes.MapFacade("/oxr/api/convert/{value}/{from}/{to}", endpoint.ConvertAsync);
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 0 } text && text.StartsWith(TokenScheme, StringComparison.OrdinalIgnoreCase)
            ? text[TokenScheme.Length..].Trim()
            : FacadeQuery.Value(request, "app_id");

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem)
    {
        var code = Codes.Contains(problem.Parameter) ? problem.Parameter! : problem.Status switch
        {
            StatusCodes.Status401Unauthorized => KeyOf(context.Request) is null ? "missing_app_id" : "invalid_app_id",
            StatusCodes.Status403Forbidden => "access_restricted",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status429TooManyRequests => "not_allowed",
            StatusCodes.Status400BadRequest => "invalid_value",
            _ => "not_available",
        };
        return FacadeAnswer.SendErrorAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("error", true);
                json.WriteNumber("status", problem.Status);
                json.WriteString("message", code);
                json.WriteString("description", problem.Message);
                json.WriteEndObject();
            },
            FacadeAnswer.Callback(context.Request));
    }
}
