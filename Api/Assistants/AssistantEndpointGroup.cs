using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>Maps <c>/mcp</c>: the reads as tools for assistants, by the Model Context Protocol over HTTP.</summary>
internal sealed class AssistantEndpointGroup : IEndpointGroup
{
    /// <summary>Its path.</summary>
    public const string Path = "/mcp";

    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddScoped<AssistantRequest>();

        // The package logs every call, and the mistakes of clients as errors with a stack trace; our own failures we log ourselves.
        services.AddLogging(logging => logging.AddFilter("ModelContextProtocol", LogLevel.None));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (routes.Get<IOptions<ApiOptions>>().Value.Mcp)
        {
            var handler = ApiProblems.Guard(new AssistantServer(routes.ServiceProvider).HandleAsync);
            routes.MapPost($"{Path}/", handler).WithMetadata(new AcceptsMetadata(["application/json"])).ExcludeFromDescription();
        }
    }
}
