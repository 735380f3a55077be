namespace Rates.Api;

/// <summary>Maps the endpoint for rates of past days: <c>/v1/history</c>.</summary>
internal sealed class HistoryEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<HistoryYearCache>();
        services.AddSingleton<YearFiguresReader>();
        services.AddSingleton<HistorySeriesReader>();
        services.AddSingleton<BlendedSeriesReader>();
        services.AddSingleton<HistoryAnswers>();
        services.AddSingleton<HistoryEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/v1/history", routes.Get<HistoryEndpoint>().HandleAsync)
        .DescribeRead<HistoryAnswer>("GetHistory", "What was published, day by day", HistoryQuery.Allowed);
}
