namespace Rates.Api;

/// <summary>
/// Maps the routes of all façades (interfaces of other services that the Api answers as well), and registers what they share.
/// </summary>
internal sealed class FacadeRoutes : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<FacadeRates>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
    }
}

/// <summary>
/// Maps a single route of a façade (another service's interface) for GET and HEAD, and leaves it out of the OpenAPI document.
/// </summary>
internal static class FacadeMapping
{
    /// <summary>
    /// Maps GET and HEAD. The route is left out of the OpenAPI document: other services have described these answers, and docs/facades.md
    /// lists what differs.
    /// </summary>
    public static void MapFacade(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler) =>
        routes.MapRead(pattern, handler).ExcludeFromDescription();
}
