namespace Rates.Api;

/// <summary>
/// Registers and maps the façade of the European Central Bank: the paths of its files of euro reference rates, as XML and as CSV in ZIP
/// archives, over this service's rates.
/// </summary>
internal sealed class EcbFacade : IFacade
{
    /// <inheritdoc/>
    public string Name => "ecb";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<EcbEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var endpoint = routes.Get<EcbEndpoint>();

        // The second is their path on the original host, for clients that change the host alone.
        foreach (var root in (string[])["/ecb", "/ecb/stats/eurofxref"])
        {
            routes.MapFacade($"{root}/eurofxref-daily.xml", endpoint.DailyXmlAsync);
            routes.MapFacade($"{root}/eurofxref-hist-90d.xml", endpoint.QuarterXmlAsync);
            routes.MapFacade($"{root}/eurofxref-hist.xml", endpoint.HistoryXmlAsync);
            routes.MapFacade($"{root}/eurofxref.zip", endpoint.DailyZipAsync);
            routes.MapFacade($"{root}/eurofxref-hist.zip", endpoint.HistoryZipAsync);
            routes.MapFacade($"{root}/eurofxref-hist.csv", endpoint.HistoryCsvAsync);
        }
    }

    /// <inheritdoc/>
    public string? KeyOf(HttpRequest request) => null;

    /// <summary>The original has plain pages for errors, so no client reads them: ours say in a line what is wrong.</summary>
    public Task WriteProblemAsync(HttpContext context, ProblemException problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(context.Response.Headers);
        return AnswerSender.WriteAsync(
            context, System.Text.Encoding.UTF8.GetBytes($"{problem.Message}\n"), "text/plain; charset=utf-8");
    }
}
