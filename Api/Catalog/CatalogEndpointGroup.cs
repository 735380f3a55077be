using System.Text.Json.Serialization;

namespace Rates.Api;

/// <summary>Maps the endpoints that list the known providers and currencies: <c>/v1/providers</c>, <c>/v1/currencies</c>.</summary>
internal sealed class CatalogEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<CurrencyDays>();
        services.AddSingleton<ProvidersEndpoint>();
        services.AddSingleton<CurrenciesEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var allowed = AnswerChoice.OnlyFormat;
        var providers = routes.Get<ProvidersEndpoint>();
        var currencies = routes.Get<CurrenciesEndpoint>();
        routes.MapRead("/v1/providers", providers.HandleAsync)
            .DescribeRead<IReadOnlyList<ProviderView>>("GetProviders", "Every provider, with schedule and health", allowed);
        routes.MapRead("/v1/providers/{key}", providers.HandleOneAsync)
            .DescribeRead<ProviderView>("GetProvider", "One provider", allowed);
        routes.MapRead("/v1/currencies", currencies.HandleAsync)
            .DescribeRead<IReadOnlyList<CurrencyView>>("GetCurrencies", "Every known currency and who answers in it", allowed);
        routes.MapRead("/v1/currencies/{code}", currencies.HandleOneAsync)
            .DescribeRead<CurrencyView>("GetCurrency", "One currency", allowed);
    }
}

/// <summary>JSON serialization of the answers of <c>/v1/providers</c> and <c>/v1/currencies</c>.</summary>
[JsonSerializable(typeof(IReadOnlyList<ProviderView>))]
[JsonSerializable(typeof(ProviderView))]
[JsonSerializable(typeof(IReadOnlyList<CurrencyView>))]
[JsonSerializable(typeof(CurrencyView))]
internal sealed partial class CatalogJson : JsonSerializerContext;
