using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Rates.Api;

/// <summary>Maps the route of the OpenAPI document, <c>/openapi/v1.json</c>.</summary>
internal sealed class OpenApiEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<OpenApiEndpoint>();

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
/// <param name="services">The services of the host, whose endpoints are described.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenApiEndpoint(IServiceProvider services, TimeProvider time)
{
    private const string Document = "v1";
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
        await using var own = Own();
        var document = await own.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document)
            .GetOpenApiDocumentAsync(CancellationToken.None);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.ToString());
        var headers = AnswerHeaders.Of("application/json; charset=utf-8", bytes, CacheLifetime.For(CacheTime));
        var body = new EncodedBody(bytes, headers.ETag);
        body.Compress();
        return (body, headers);
    }

    // Services of its own: to register those of the package with the host would load it, and what it needs, at every start.
    private ServiceProvider Own()
    {
        var own = new ServiceCollection();
        own.AddSingleton(services.GetRequiredService<EndpointDataSource>());
        own.AddSingleton(services.GetRequiredService<IHostEnvironment>());
        own.AddSingleton(services.GetRequiredService<IHostApplicationLifetime>());
        own.AddSingleton(services.GetRequiredService<ILoggerFactory>()).AddLogging().AddRouting();
        own.AddOpenApi(Document, ApiDocument.Configure);
        return own.BuildServiceProvider();
    }
}
