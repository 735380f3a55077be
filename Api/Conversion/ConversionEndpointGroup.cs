using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>Maps the endpoint that converts amounts between currencies: <c>/v1/convert</c>.</summary>
internal sealed class ConversionEndpointGroup : IEndpointGroup
{
    private const string Path = "/v1/convert";

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<ConvertEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var convert = routes.Get<ConvertEndpoint>();
        routes.MapRead(Path, convert.HandleAsync).DescribeRead<Conversion>(
            "Convert", "An amount in another currency", ConversionQuery.Allowed, typeof(ConversionsByProvider));
        routes.MapWrite(Path, convert.HandleRowsAsync)
            .DescribeWrite<IReadOnlyList<Conversion>>(
                "ConvertRows", $"Up to {ConversionRows.MaxRows} amounts, answered row by row", ConversionQuery.AllowedForRows)
            .Accepts<ConversionRow[]>("application/json", "text/csv");
    }
}

/// <summary>JSON serialization of the answers of <c>/v1/convert</c>.</summary>
[JsonSerializable(typeof(Conversion))]
[JsonSerializable(typeof(IReadOnlyList<Conversion>))]
[JsonSerializable(typeof(ConversionsByProvider))]
internal sealed partial class ConversionJson : JsonSerializerContext;
