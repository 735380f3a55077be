using System.Text.Json.Serialization;
using Rates.Store;

namespace Rates.Api;

/// <summary>Maps the endpoints for the original documents that published rates were read from: <c>/v1/evidence</c>.</summary>
internal sealed class EvidenceEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) =>
        services
            .AddSingleton(provider => new EvidenceFinder(
                provider.GetService<IEvidence>(), provider.GetRequiredService<CurrentBook>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new EvidenceEndpoint(
                provider.GetService<IEvidence>(), provider.GetRequiredService<EvidenceFinder>()));

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var endpoint = routes.Get<EvidenceEndpoint>();
        routes.MapRead("/v1/evidence/{provider}/{version}", endpoint.HandleAsync)
            .DescribeOperation<EvidenceAnswer>("GetEvidence", "What a published sheet was read from", "application/json")
            .WithMetadata(new CompressesAnswer());
        routes.MapRead("/v1/evidence/{provider}/{version}/{number}", endpoint.HandleBodyAsync)
            .DescribeOperation<byte[]>(
                "GetEvidenceBody", "The original bytes of one answer of a source", "application/octet-stream", isDownload: true)
            .WithMetadata(new CompressesAnswer());
    }
}

/// <summary>JSON serialization of the answer of <c>/v1/evidence</c>.</summary>
[JsonSerializable(typeof(EvidenceAnswer))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
