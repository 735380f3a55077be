using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>Maps the endpoints for health probes: <c>/health/live</c> and <c>/health/ready</c>.</summary>
internal sealed class HealthEndpointGroup : IEndpointGroup
{
    private const string Json = "application/json";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<HealthEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.Get<HealthEndpoints>();
        routes.MapRead("/health/live", HealthEndpoints.HandleLiveAsync)
            .DescribeOperation<Liveness>("GetLiveness", "Whether the process runs", Json);
        routes.MapRead("/health/ready", health.HandleReadyAsync)
            .DescribeOperation<Readiness>("GetReadiness", "Whether there are rates to serve, and where they come from", Json)
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(Readiness), [Json]));
    }
}

/// <summary>JSON serialization of the answers of <c>/health/live</c> and <c>/health/ready</c>.</summary>
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
