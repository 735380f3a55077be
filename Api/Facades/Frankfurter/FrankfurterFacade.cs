namespace Rates.Api;

/// <summary>
/// Registers and maps the façade of Frankfurter, its paths and answers over this service's rates: version 2, version 1, and version 1
/// without its number as on the old host.
/// </summary>
internal sealed class FrankfurterFacade : IFacade
{
    /// <inheritdoc/>
    public string Name => "frankfurter";

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<FrankfurterV1>();
        services.AddSingleton<FrankfurterV2>();
        services.AddSingleton<FrankfurterCatalog>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var (one, two, catalog) = (routes.Get<FrankfurterV1>(), routes.Get<FrankfurterV2>(), routes.Get<FrankfurterCatalog>());
        foreach (var root in (string[])["/frankfurter/v1", "/frankfurter"])
        {
            routes.MapFacade($"{root}/latest", one.LatestAsync);
            routes.MapFacade($"{root}/current", one.LatestAsync);
            routes.MapFacade($"{root}/currencies", one.CurrenciesAsync);
            routes.MapFacade($"{root}/{{days}}", one.DaysAsync);
        }

        const string Two = "/frankfurter/v2";
        routes.MapFacade("/frankfurter/v1", context => catalog.VersionAsync(context, "v1", "frozen"));
        routes.MapFacade(Two, context => catalog.VersionAsync(context, "v2", "current"));
        routes.MapFacade($"{Two}/rates", two.RatesAsync);
        routes.MapFacade($"{Two}/rates.csv", two.RatesAsync);
        routes.MapFacade($"{Two}/rate/{{base}}/{{quote}}", two.RateAsync);
        routes.MapFacade($"{Two}/providers/{{key}}/rates", two.RatesAsync);
        routes.MapFacade($"{Two}/providers/{{key}}/rates.csv", two.RatesAsync);
        routes.MapFacade($"{Two}/providers/{{key}}/rate/{{base}}/{{quote}}", two.RateAsync);
        routes.MapFacade($"{Two}/currencies", catalog.CurrenciesAsync);
        routes.MapFacade($"{Two}/currency/{{code}}", catalog.CurrencyAsync);
        routes.MapFacade($"{Two}/providers", catalog.ProvidersAsync);
        routes.MapFacade($"{Two}/providers/{{key}}", catalog.ProviderAsync);
        foreach (var path in (string[])["currencies", "currency/{code}", "providers", "providers/{key}"])
        {
            routes.MapFacade($"{Two}/{path}.csv", static _ => throw FrankfurterQuery.NoCsv());
        }
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => null;

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem)
    {
        // What other parts of this service refuse with 400, Frankfurter refuses with 422.
        var status = problem.Status == StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : problem.Status;
        context.Response.StatusCode = status;

        // Version 1 has no status in its errors; version 2 has, and so has a path of neither.
        var isOne = context.Request.Path.StartsWithSegments("/frankfurter/v1", StringComparison.OrdinalIgnoreCase)
            || (context.Request.Path.Value!.Split('/') is ["", _, var part] && FrankfurterV1.IsPath(part));
        return FacadeAnswer.SendErrorAsync(context, json =>
        {
            json.WriteStartObject();
            if (!isOne)
            {
                json.WriteNumber("status", status);
            }

            json.WriteString("message", status == StatusCodes.Status404NotFound ? "not found" : problem.Message);
            json.WriteEndObject();
        });
    }
}
