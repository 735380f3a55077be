using Rates.Store;

namespace Rates.Api;

/// <summary>The least role that a route asks for.</summary>
internal sealed record RequiredRole(AccessRole Role);

/// <summary>The body that a route reads, for the OpenAPI document.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Example">An example of it, JSON.</param>
internal sealed record RequestBodyDescription(Type Type, string Example);

/// <summary>Marks a route that changes something under the revision that <c>If-Match</c> names.</summary>
internal sealed class NeedsRevision;

/// <summary>Describes the operators' routes for the OpenAPI document.</summary>
internal static class OpsDescriptions
{
    private const string Json = "application/json";
    private static readonly string[] Events = [EventsEndpoint.ContentType];

    private static readonly QueryParameter ProviderFilter = new("provider", "Only those of this provider.", "ecb");
    private static readonly QueryParameter Count = new("count", "How many, the newest first.", "100");

    /// <summary><c>count</c> alone.</summary>
    public static readonly QueryParameters OnlyCount = new(Count);

    /// <summary><c>provider</c> alone.</summary>
    public static readonly QueryParameters OnlyProvider = new(ProviderFilter);

    /// <summary><c>provider</c> and <c>count</c>.</summary>
    public static readonly QueryParameters ProviderAndCount = new(ProviderFilter, Count);

    /// <summary>Describes a route that answers in JSON.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's id, such as <c>ListSchedules</c>.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="status">The status of a good answer.</param>
    /// <param name="query">The query parameters that it takes; null for none.</param>
    public static RouteHandlerBuilder DescribeOps<T>(
        this RouteHandlerBuilder route, string name, string summary, int status = StatusCodes.Status200OK, QueryParameters? query = null) =>
        Describe(route, name, summary, new(status, typeof(T), [Json]), query);

    /// <summary>Describes a route that answers without a body.</summary>
    public static RouteHandlerBuilder DescribeOpsWithoutAnswer(this RouteHandlerBuilder route, string name, string summary) =>
        Describe(route, name, summary, new(StatusCodes.Status204NoContent, typeof(void)), null);

    /// <summary>Describes a route that answers with server-sent events.</summary>
    public static RouteHandlerBuilder DescribeOpsEvents(this RouteHandlerBuilder route, string name, string summary) =>
        Describe(route, name, summary, new(StatusCodes.Status200OK, typeof(string), Events), null);

    /// <summary>Describes the body that a route reads.</summary>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, string example) =>
        route.WithMetadata(new RequestBodyDescription(typeof(T), example));

    /// <summary>Describes that a route takes <c>If-Match</c>.</summary>
    public static RouteHandlerBuilder TakesRevision(this RouteHandlerBuilder route) => route.WithMetadata(new NeedsRevision());

    private static RouteHandlerBuilder Describe(
        RouteHandlerBuilder route, string name, string summary, ProducesResponseTypeMetadata answer, QueryParameters? query) =>
        route.WithName(name).WithSummary(summary).WithTags("Operators")
            .WithMetadata(new Included(), answer, new OperationDescription(query ?? QueryParameters.None, [401, 403, 429, 503], null));

    /// <summary>Undoes the exclusion of a route that has no description.</summary>
    private sealed class Included : IExcludeFromDescriptionMetadata
    {
        public bool ExcludeFromDescription => false;
    }
}
