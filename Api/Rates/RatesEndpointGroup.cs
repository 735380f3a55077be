using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>Maps the endpoints for rates, latest or of a day, and for one pair in detail: <c>/v1/rates</c>.</summary>
internal sealed class RatesEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ProviderDayReader>();
        services.AddSingleton<PastDayReader>();
        services.AddSingleton<KnownEntryReader>();
        services.AddSingleton<AnswerScopeReader>();
        services.AddSingleton<AnswerClock>();
        services.AddSingleton<RatesEndpoint>();
        services.AddSingleton<PairEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead(RatesEndpoint.Path, routes.Get<RatesEndpoint>().HandleAsync).DescribeRead<RatesAnswer>(
            "GetRates", "The latest rates, or those of a day, by provider or combined", RatesEndpoint.Allowed, typeof(BlendedRates));
        routes.MapRead("/v1/rates/{base}/{quote}", routes.Get<PairEndpoint>().HandleAsync).DescribeRead<PairAnswer>(
            "GetPair", "One pair from every provider, with the published figures behind each", PairEndpoint.Allowed);
    }
}

/// <summary>JSON serialization of the answers of <c>/v1/rates</c>.</summary>
[JsonSerializable(typeof(BlendedRates))]
[JsonSerializable(typeof(PairAnswer))]
internal sealed partial class RatesJson : JsonSerializerContext;
