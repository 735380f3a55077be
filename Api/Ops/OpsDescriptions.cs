using Rates.Store;

namespace Rates.Api;

/// <summary>The least role that the caller of an operators' route must have, for the OpenAPI document.</summary>
internal sealed record RequiredRole(AccessRole Role);

/// <summary>The body that an operators' route reads, for the OpenAPI document.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Example">An example of it, in that content type.</param>
/// <param name="ContentType">The content type.</param>
internal sealed record RequestBodyDescription(Type Type, string Example, string ContentType);

/// <summary>Marks an operators' route that changes something only if <c>If-Match</c> names its present revision.</summary>
internal sealed class NeedsRevision;

/// <summary>Marks a route whose answer is compressed where it is large, and cannot be cached, for the OpenAPI document.</summary>
internal sealed class CompressesAnswer;

/// <summary>Describes the operators' routes for the OpenAPI document.</summary>
internal static class OpsDescriptions
{
    /// <summary>The content type of lines of JSON.</summary>
    public const string Lines = "application/x-ndjson";

    private const string Json = "application/json";
    private static readonly QueryParameter ProviderFilter = new("provider", "Only those of this provider.", "ecb");
    private static readonly QueryParameter Count = new("count", "How many, the newest first. 100 unless given.", "1000")
    {
        Default = "100",
    };

    /// <summary><c>provider</c>, <c>from</c> and <c>to</c>.</summary>
    public static readonly QueryParameters ProviderAndDays = new(
        ProviderFilter, new("from", "First day, included.", "2026-01-01"), new("to", "Last day, included.", "2026-03-31"));

    /// <summary><c>count</c> alone.</summary>
    public static readonly QueryParameters OnlyCount = new(Count);

    /// <summary><c>count</c> of stored evidence alone.</summary>
    public static readonly QueryParameters OnlyCountOfEvidence = new(
        new QueryParameter("count", "How many, the newest first. 50 unless given.", "100") { Default = "50" });

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
        Describe(route, name, summary, new(status, typeof(T), [Json]), query, isCompressed: typeof(T).GetProperty("Revision") is null);

    /// <summary>Describes a route that answers without a body.</summary>
    public static RouteHandlerBuilder DescribeOpsWithoutAnswer(this RouteHandlerBuilder route, string name, string summary) =>
        Describe(route, name, summary, new(StatusCodes.Status204NoContent, typeof(void)), null);

    /// <summary>Describes a route that answers with text, line by line.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's id.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="contentType">The content type of the text.</param>
    /// <param name="query">The query parameters that it takes; null for none.</param>
    /// <param name="isDownload">True when the answer is meant to be saved, and names the file.</param>
    public static RouteHandlerBuilder DescribeOpsText(
        this RouteHandlerBuilder route, string name, string summary, string contentType, QueryParameters? query = null,
        bool isDownload = false) =>
        Describe(
            route, name, summary, new(StatusCodes.Status200OK, typeof(string), [contentType]), query, isDownload, isCompressed: isDownload);

    /// <summary>Describes the body that a route reads.</summary>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, string example) =>
        route.WithMetadata(new RequestBodyDescription(typeof(T), example, Json));

    /// <summary>Describes that a route reads lines of JSON.</summary>
    public static RouteHandlerBuilder ReadsLines(this RouteHandlerBuilder route, string example) =>
        route.WithMetadata(new RequestBodyDescription(typeof(string), example, Lines));

    /// <summary>Describes that a route takes <c>If-Match</c>.</summary>
    public static RouteHandlerBuilder TakesRevision(this RouteHandlerBuilder route) => route.WithMetadata(new NeedsRevision());

    private static RouteHandlerBuilder Describe(
        RouteHandlerBuilder route, string name, string summary, ProducesResponseTypeMetadata answer, QueryParameters? query,
        bool isDownload = false, bool isCompressed = false) =>
        route.WithName(name).WithSummary(summary).WithTags("Operators").WithMetadata(
        [
            new Included(), answer,
            new OperationDescription(query ?? QueryParameters.None, [401, 403, 429, 503], null) { IsDownload = isDownload },
            .. (object[])(isCompressed ? [new CompressesAnswer()] : []),
        ]);

    /// <summary>Undoes the exclusion of a route that has no description.</summary>
    private sealed class Included : IExcludeFromDescriptionMetadata
    {
        public bool ExcludeFromDescription => false;
    }
}
