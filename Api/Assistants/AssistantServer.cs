using System.Reflection;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Rates.Api;

/// <summary>
/// Makes the server for assistants (Model Context Protocol over HTTP) at its first request: describing the tools and loading the package
/// takes a good part of the time and memory of a start (0.16 s of processor time and 11 MB, published), and most installations have no
/// assistant. Nearly all of it is the package's own code, whatever the tools are made of.
/// </summary>
/// <param name="services">The services of the host; the tools are made from those of each request.</param>
internal sealed partial class AssistantServer(IServiceProvider services)
{
    // Without the commit that the build adds after a plus sign.
    private static readonly string ProductVersion = typeof(AssistantServer).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly JsonSerializerOptions Text = new() { Encoder = AnswerJsonSettings.Encoder };

    private readonly Lazy<RequestDelegate> _handler = new(() => Make(services));

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        // A tool may read years of history: not on the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        context.RequestServices.GetRequiredService<AssistantRequest>().Context = context;
        var handler = _handler.Value;

        // It is read again when the package cannot.
        var message = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (MessageForm.FaultIn(message) is { } fault)
        {
            await RefuseAsync(context, message, fault);
            return;
        }

        context.Request.Body = new MemoryStream(message.Array!, message.Offset, message.Count);

        try
        {
            await handler(context);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException && !context.Response.HasStarted)
        {
            await RefuseAsync(context, message, UnreadMessage.FaultIn(message));
        }
    }

    private static Task RefuseAsync(HttpContext context, ReadOnlyMemory<byte> message, MessageFault fault)
    {
        var (status, answer) = UnreadMessage.AnswerTo(message, fault);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(Text), context.RequestAborted);
    }

    private static RequestDelegate Make(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILogger<AssistantServer>>();
        var own = new ServiceCollection();
        own.AddSingleton(services.GetRequiredService<ILoggerFactory>()).AddLogging();
        own.AddSingleton(services.GetRequiredService<IHostApplicationLifetime>()).AddRouting();

        // Without sessions any Api can answer any call.
        own.AddMcpServer(options =>
        {
            options.ServerInfo = new Implementation { Name = "rates", Title = "Rates", Version = ProductVersion };
            options.ServerInstructions =
                "Published exchange rates of many providers. Name the provider and the day of every rate that you use, "
                + "and keep to its terms.";
        }).WithHttpTransport(transport => transport.Stateless = true).WithTools<RateTools>()
            .WithRequestFilters(filters => filters.AddCallToolFilter(
                next => ToolArguments.Prepare(next, failure => Log.Failed(logger, failure))))
            .WithMessageFilters(filters => filters.AddIncomingFilter(AssistantMessages.Check));
        var routes = new Routes(own.BuildServiceProvider());
        routes.MapMcp(AssistantEndpointGroup.Path);
        var posts = routes.DataSources.SelectMany(source => source.Endpoints).Where(endpoint =>
            endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) != false);
        return posts.Single().RequestDelegate!;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A tool of an assistant failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }

    /// <summary>Takes the endpoints of the package.</summary>
    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
