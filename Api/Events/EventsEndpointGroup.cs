using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>Maps the endpoint that sends changes of rates as server-sent events: <c>/v1/events</c>.</summary>
internal sealed class EventsEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddSingleton<ChangeFollowers>().AddSingleton<EventsEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/v1/events", routes.Get<EventsEndpoint>().HandleAsync)
        .DescribeOperation<string>("GetEvents", "Server-sent events: published, revised, stale, failed", EventsEndpoint.ContentType,
            EventsQuery.Allowed, isNegotiated: true)
        .WithMetadata(EventsQuery.LastEventIdHeader);
}

/// <summary>JSON serialization of the events of <c>/v1/events</c>.</summary>
[JsonSerializable(typeof(EventData))]
internal sealed partial class EventsJson : JsonSerializerContext;
