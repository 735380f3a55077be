using Rates.Store;

namespace Rates.Api;

/// <summary>Maps the operators' routes, each with the role that a caller must have. There is no way to map one without a role.</summary>
internal static class OpsRoutes
{
    // The others are pages and their files.
    private const string Interface = "/v1/";

    /// <summary>
    /// Maps a route to a handler that runs only for callers of a role. One of the interface takes the parameters of its description.
    /// </summary>
    /// <param name="routes">Where to map it.</param>
    /// <param name="method">The HTTP method; GET maps HEAD as well.</param>
    /// <param name="pattern">The route's pattern.</param>
    /// <param name="role">The least role.</param>
    /// <param name="handler">What answers.</param>
    /// <returns>The route, which <see cref="OpsDescriptions"/> describes for the OpenAPI document.</returns>
    public static RouteHandlerBuilder MapOps(
        this IEndpointRouteBuilder routes, string method, string pattern, AccessRole role, RequestDelegate handler)
    {
        var checkedHandler = pattern.StartsWith(Interface, StringComparison.Ordinal) ? WithCheckedQuery(handler) : handler;
        return routes.MapMethods(
            pattern, method == HttpMethods.Get ? [method, HttpMethods.Head] : [method],
            (Delegate)RouteMapping.WithoutBody(ApiProblems.Guard(context => CheckedAsync(context, role, checkedHandler))))
            .WithMetadata(new RequiredRole(role)).ExcludeFromDescription();
    }

    private static async Task CheckedAsync(HttpContext context, AccessRole role, RequestDelegate handler)
    {
        var caller = Caller.Of(context);
        if (caller.Role < role)
        {
            var asked = $"{context.Request.Method} {context.Request.Path} asks for the role {Name(role)}";
            throw caller.Name == Caller.WithoutAccess.Name
                ? Authenticator.Unauthorized(context, $"{asked}: sign in, or send an API key")
                : new ProblemException(StatusCodes.Status403Forbidden, $"{asked}; {caller.Name} has {Name(caller.Role)}");
        }

        try
        {
            await handler(context);
        }
        catch (StoreUnavailableException unreachable)
        {
            throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable,
                $"The store cannot be reached, look again whether the change was made: {unreachable.Message}");
        }
    }

    private static RequestDelegate WithCheckedQuery(RequestDelegate handler) => context =>
    {
        OpsQuery.Check(context);
        return handler(context);
    };

    private static string Name(AccessRole role) => role.ToString().ToLowerInvariant();
}
