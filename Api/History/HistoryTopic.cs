namespace Rates.Api;

/// <summary>Rates of past days.</summary>
internal sealed class HistoryTopic : IApiTopic
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<HistoryYears>();
        services.AddSingleton<HistoryEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/v1/history", routes.Get<HistoryEndpoint>().HandleAsync)
        .DescribeRead<HistoryAnswer>("GetHistory", "What was published, day by day", HistoryQuery.Allowed);
}
