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
        if (Facades.Options(routes.ServiceProvider) is var options && options.Has(Name))
        {
            const string Root = "/exchangerate-host";
            var (rates, time) = (routes.Get<FacadeRates>(), routes.Get<TimeProvider>());
            new FixerEndpoint(rates, options.ExchangerateHost, time, isHost: true).Map(routes, Root);
            new QuotesEndpoint(new(rates, options.ExchangerateHost, time), rates).Map(routes, Root);
        }
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => FixerError.KeyOf(request);

    /// <inheritdoc/>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem) => FixerError.WriteAsync(context, problem);
}
