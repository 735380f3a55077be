using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

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

        // Without sessions any Api can answer any call.
        services.AddMcpServer(options =>
        {
            options.ServerInfo = new Implementation { Name = "rates", Title = "Rates", Version = "1" };
            options.ServerInstructions =
                "Published exchange rates of many providers. Name the provider and the day of every rate that you use, "
                + "and keep to its terms.";
        }).WithHttpTransport(transport => transport.Stateless = true).WithTools<RateTools>()
            .WithRequestFilters(filters => filters.AddCallToolFilter(ToolArguments.Prepare));

        // It logs every call, and the mistakes of clients with a stack trace; our own failures are errors.
        services.AddLogging(logging => logging.AddFilter("ModelContextProtocol", LogLevel.Error));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (!routes.Get<IOptions<ApiOptions>>().Value.Mcp)
        {
            return;
        }

        routes.MapMcp(Path).Add(endpoint =>
        {
            // A tool may read years of history: not on the thread that serves the sockets.
            var handler = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async context =>
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                context.RequestServices.GetRequiredService<AssistantRequest>().Context = context;
                try
                {
                    await handler(context);
                }
                catch (Exception malformed) when (malformed is JsonException or InvalidOperationException && !context.Response.HasStarted)
                {
                    await ApiProblems.WriteAsync(
                        context,
                        new(
                            StatusCodes.Status400BadRequest,
                            "A parameter of the method is missing or has another type than the protocol says"));
                }
            };
        });
    }
}
