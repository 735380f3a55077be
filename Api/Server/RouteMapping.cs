namespace Rates.Api;

/// <summary>Maps the Api's routes with the handling of errors, and describes them for the OpenAPI document.</summary>
internal static class RouteMapping
{
    private static readonly string[] Formats = ["application/json", "text/csv", "application/xml", "application/x-ndjson"];

    /// <summary>The registered service; routes hold their endpoint rather than look it up for each request.</summary>
    public static T Get<T>(this IEndpointRouteBuilder routes)
        where T : notnull => routes.ServiceProvider.GetRequiredService<T>();

    /// <summary>Maps GET and HEAD to a handler.</summary>
    /// <remarks>
    /// The handler is passed as Delegate because only those are described; HEAD is left out of the document, as it answers like
    /// GET.
    /// </remarks>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler)
    {
        var guarded = ApiProblems.Guard(handler);
        routes.MapMethods(pattern, [HttpMethods.Head], (Delegate)WithoutBody(guarded)).ExcludeFromDescription();
        return routes.MapGet(pattern, (Delegate)guarded);
    }

    /// <summary>Answers HEAD with the status and headers of the handler; what it writes goes nowhere.</summary>
    public static RequestDelegate WithoutBody(RequestDelegate handler) => context =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Body = Stream.Null;
        }

        return handler(context);
    };

    /// <summary>Maps POST to a handler.</summary>
    public static RouteHandlerBuilder MapWrite(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler) =>
        routes.MapPost(pattern, (Delegate)ApiProblems.Guard(handler));

    /// <summary>Describes a read that answers in every format.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's id, such as <c>GetRates</c>.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="allowed">The query parameters it takes.</param>
    /// <param name="other">A second type of its answer; null for none.</param>
    public static RouteHandlerBuilder DescribeRead<T>(
        this RouteHandlerBuilder route, string name, string summary, QueryParameters allowed, Type? other = null) =>
        route.Describe<T>("Rates", name, summary, Formats, new(allowed, [400, 401, 403, 404, 406, 412, 429, 503], other)
        {
            IsCached = true,
            IsTagged = true,
        });

    /// <summary>Describes a read for operation, which answers in one format.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's id, such as <c>GetEvents</c>.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="contentType">The content type of its answer.</param>
    /// <param name="allowed">The query parameters it takes; null for none.</param>
    /// <param name="isDownload">True when the answer is meant to be saved, and names the file.</param>
    /// <param name="isNegotiated">True when a client that does not accept the content type is refused.</param>
    public static RouteHandlerBuilder DescribeOperation<T>(
        this RouteHandlerBuilder route, string name, string summary, string contentType, QueryParameters? allowed = null,
        bool isDownload = false, bool isNegotiated = false) =>
        route.Describe<T>(
            "Operation", name, summary, [contentType],
            new(allowed ?? QueryParameters.None, [400, 401, 403, 404, .. (int[])(isNegotiated ? [406] : []), 429, 503], null)
            {
                IsDownload = isDownload,
            });

    /// <summary>Describes a request with a body that answers in every format.</summary>
    public static RouteHandlerBuilder DescribeWrite<T>(
        this RouteHandlerBuilder route, string name, string summary, QueryParameters allowed) =>
        route.Describe<T>("Rates", name, summary, Formats, new(allowed, [400, 401, 403, 404, 406, 413, 415, 429, 503], null)
        {
            IsTagged = true,
        });

    private static RouteHandlerBuilder Describe<T>(
        this RouteHandlerBuilder route, string tag, string name, string summary, string[] formats, OperationDescription description) =>
        route.WithName(name).WithSummary(summary).WithTags(tag)
            .WithMetadata(description)
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(T), formats));
}
