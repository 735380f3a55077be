using Microsoft.AspNetCore.Http.Features;
using Rates.Store;
using Rates.Telemetry;

namespace Rates.Api;

/// <summary>
/// Maps <c>/metrics</c>, for Prometheus: open to programs on this machine and in <c>Rates:Telemetry:AllowedNetworks</c>, and to callers
/// with the role <c>ops</c>. Absent in a host without telemetry.
/// </summary>
internal sealed class MetricsEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<ApiMetrics>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Made here so that its instruments are there before anybody asks.
        _ = routes.Get<ApiMetrics>();
        if (routes.ServiceProvider.GetService<MetricsReaders>() is not { } readers)
        {
            return;
        }

        // Made when somebody asks: the host measures from the end of its start on, and what reads the metrics would begin it now.
        var metrics = new Lazy<RequestDelegate>(() => ReadMetrics(routes.CreateApplicationBuilder()));
        routes.MapMethods(
            MetricsReaders.Path, [HttpMethods.Get, HttpMethods.Head],
            RouteMapping.WithoutBody(ApiProblems.Guard(context => AnswerAsync(context, readers, metrics))));
    }

    /// <summary>
    /// Names the route in the metrics of requests that are answered before routing, so that they are not counted as unknown ones.
    /// </summary>
    public static RequestDelegate NameRoute(RequestDelegate next) => context =>
    {
        if (context.Request.Path.Value == RatesEndpoint.Path)
        {
            context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("http.route", RatesEndpoint.Path));
        }

        return next(context);
    };

    private static RequestDelegate ReadMetrics(IApplicationBuilder branch) =>
        branch.UseOpenTelemetryPrometheusScrapingEndpoint(null, _ => true, null, null, null).Build();

    private static Task AnswerAsync(HttpContext context, MetricsReaders readers, Lazy<RequestDelegate> metrics)
    {
        var caller = Caller.Of(context);
        context.Response.Headers.CacheControl = "no-store";
        if (caller.Role >= AccessRole.Ops || readers.Allows(context))
        {
            return metrics.Value(context);
        }

        const string Who = $"Metrics are given to programs on this machine and in {TelemetryOptions.Section}:AllowedNetworks, "
            + "and to callers with the role ops";
        throw caller.Name == Caller.WithoutAccess.Name
            ? Authenticator.Unauthorized(context, Who)
            : new ProblemException(StatusCodes.Status403Forbidden, $"{Who}; {caller.Name} has another role");
    }
}
