namespace Rates.Api;

/// <summary>Registers and maps the façade of Fixer: its paths and answers over this service's rates.</summary>
internal sealed class FixerFacade : IFacade
{
    /// <inheritdoc/>
    public string Name => "fixer";

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        new FixerEndpoint(routes.Get<FacadeRates>(), Facades.Options(routes.ServiceProvider).Fixer, routes.Get<TimeProvider>())
            .Map(routes, "/fixer/api");

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => FixerError.KeyOf(request);

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem) => FixerError.WriteAsync(context, problem);
}
