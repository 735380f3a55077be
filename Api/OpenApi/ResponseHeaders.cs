using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>
/// Adds to the OpenAPI document the headers that answers have, and the refusals that the server gives before an operation is known: each
/// once, as a component that operations refer to.
/// </summary>
internal static class ResponseHeaders
{
    private static readonly Dictionary<string, (string Description, string Example)> Known = new(StringComparer.Ordinal)
    {
        [HeaderNames.ETag] = (
            "The strong entity tag of the answer, for If-None-Match and If-Match; of what operators change, its revision.",
            "\"bd2cc036957faa16\""),
        [HeaderNames.LastModified] = (
            "When the newest rates in the answer were fetched, for If-Modified-Since; left out where they have no such instant.",
            "Thu, 20 Aug 2026 14:02:11 GMT"),
        [HeaderNames.CacheControl] = (
            "How long the answer may be kept, until its next publication is due; private where somebody signed in. Problems and answers to "
                + "operators may not be kept.",
            "public, max-age=900, stale-while-revalidate=60"),
        [HeaderNames.Vary] = ("The headers of the request that the answer depends on.", "Accept, Accept-Encoding"),
        [HeaderNames.ContentEncoding] = ("br or gzip, for an answer of 2 KB or more to a client that accepts it.", "br"),
        [HeaderNames.RetryAfter] = ("Seconds to wait before asking again.", "2"),
        [HeaderNames.Allow] = ("The methods that the path takes.", "GET, HEAD"),
        [HeaderNames.WWWAuthenticate] = ("How to sign in.", "Basic realm=\"Rates\", charset=\"UTF-8\""),
        [HeaderNames.Location] = ("The address of the command, which says how far it is.", "../../commands/17-4"),
        [HeaderNames.ContentDisposition] = ("The name to save the answer under.", "attachment; filename=\"ecb-1700000000001-0\""),
    };

    // By the id of the component.
    private static readonly (string Id, int Status, string Description)[] Refusals =
    [
        ("MethodNotAllowed", StatusCodes.Status405MethodNotAllowed, "The path does not take the method"),
        ("UriTooLong", StatusCodes.Status414UriTooLong,
            string.Create(CultureInfo.InvariantCulture, $"The address is longer than {ApiServer.MaxRequestLine} bytes")),
        ("RequestHeaderFieldsTooLarge", StatusCodes.Status431RequestHeaderFieldsTooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The request has more than {ApiServer.MaxHeaderCount} headers, or more than {ApiServer.MaxHeaderBytes} bytes of them")),
    ];

    /// <summary>Adds to an operation the refusals of the server, and to each of its answers the headers that it has.</summary>
    /// <param name="operation">The operation, with all its other answers.</param>
    /// <param name="context">What it is made of.</param>
    /// <param name="description">Its description.</param>
    /// <param name="problem">The schema of problems.</param>
    public static void AddTo(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, OperationDescription description, IOpenApiSchema problem)
    {
        var document = context.Document!;
        foreach (var (status, answer) in operation.Responses!)
        {
            Add((OpenApiResponse)answer, NamesOf(status, context, description), document);
        }

        foreach (var (id, status, text) in Refusals)
        {
            var refusal = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType> { [ApiProblems.ContentType] = new() { Schema = problem } },
            };
            string[] names = status == StatusCodes.Status405MethodNotAllowed ? [HeaderNames.Vary, HeaderNames.Allow] : [];
            Add(refusal, [HeaderNames.CacheControl, .. names], document);
            document.AddComponent(id, refusal);
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponseReference(id, document);
        }
    }

    private static void Add(OpenApiResponse answer, IEnumerable<string> names, OpenApiDocument document)
    {
        answer.Headers = new Dictionary<string, IOpenApiHeader>();
        foreach (var name in names)
        {
            var (text, example) = Known[name];
            document.AddComponent(name, new OpenApiHeader
            {
                Description = text,
                Example = JsonValue.Create(example),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            answer.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }

    private static IEnumerable<string> NamesOf(string status, OpenApiOperationTransformerContext context, OperationDescription description)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isGood = status.StartsWith('2');
        var isRead = isGood && metadata.OfType<RequiredRole>().FirstOrDefault() is null && description.IsTagged;
        IEnumerable<string> tags = isRead || status == "304" || (isGood && OperatorOperations.TellsRevision(metadata))
            ? [HeaderNames.ETag]
            : [];
        IEnumerable<string> days = description.IsCached && (isGood || status == "304") ? [HeaderNames.LastModified] : [];
        IEnumerable<string> codings = isRead || (isGood && metadata.OfType<CompressesAnswer>().Any())
            ? [HeaderNames.ContentEncoding]
            : [];
        IEnumerable<string> own = status switch
        {
            "202" => [HeaderNames.Location],
            "401" => [HeaderNames.WWWAuthenticate],
            "429" or "503" => [HeaderNames.RetryAfter],
            _ => isGood && description.IsDownload ? [HeaderNames.ContentDisposition] : [],
        };
        return [HeaderNames.CacheControl, HeaderNames.Vary, .. tags, .. days, .. codings, .. own];
    }
}
