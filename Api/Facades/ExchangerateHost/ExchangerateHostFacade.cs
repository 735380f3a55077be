namespace Rates.Api;

/// <summary>
/// Registers and maps the façade of exchangerate.host, its paths and answers over this service's rates: the interface without keys that
/// ended in 2023, and the present one, which is also currencylayer's.
/// </summary>
internal sealed class ExchangerateHostFacade : IFacade
{
    /// <inheritdoc/>
    public string Name => "exchangerate-host";

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        const string Root = "/exchangerate-host";
        var providers = Facades.Options(routes.ServiceProvider).ExchangerateHost;
        var (rates, time) = (routes.Get<FacadeRates>(), routes.Get<TimeProvider>());
        new FixerEndpoint(rates, providers, time, isHost: true).Map(routes, Root);
        new QuotesEndpoint(new(rates, providers, time), rates).Map(routes, Root);
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => FixerError.KeyOf(request);

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem) => FixerError.WriteAsync(context, problem);
}
