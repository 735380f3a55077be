using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>Maps the route of the OpenAPI document, <c>/openapi/v1.json</c>.</summary>
internal sealed class OpenApiEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.AddSingleton<OpenApiEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Made at the first request: loading the package takes time that a start should not wait for.
        routes.MapRead("/openapi/v1.json", context => routes.Get<OpenApiEndpoint>().HandleAsync(context)).ExcludeFromDescription();
    }
}

/// <summary>
/// Answers <c>/openapi/v1.json</c>: makes the OpenAPI document at the first request and keeps it, as making it takes many milliseconds.
/// </summary>
internal sealed class OpenApiEndpoint([FromKeyedServices("v1")] IOpenApiDocumentProvider documents, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(5);

    private Lazy<Task<(EncodedBody Body, AnswerHeaders Headers)>>? _document;

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        QueryParser.RefuseParameters(context.Request);
        var made = LazyInitializer.EnsureInitialized(ref _document, () => new(MakeAsync));
        var (body, headers) = await made.Value;
        await AnswerSender.SendAsync(context, body, headers, time.GetUtcNow());
    }

    private async Task<(EncodedBody Body, AnswerHeaders Headers)> MakeAsync()
    {
        var document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.ToString());
        var headers = AnswerHeaders.Of("application/json; charset=utf-8", bytes, CacheLifetime.For(CacheTime));
        var body = new EncodedBody(bytes, headers.ETag);
        body.Compress();
        return (body, headers);
    }
}
