namespace Rates.Api;

/// <summary>
/// One group of the Api's endpoints, kept in one folder: it registers its own services and maps its own routes. The server finds every
/// class that implements this, so that a new endpoint needs no change outside its folder.
/// </summary>
internal interface IEndpointGroup
{
    /// <summary>Registers the services that the endpoints need.</summary>
    void Register(IServiceCollection services);

    /// <summary>Maps the routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Lists every endpoint group of the Api.</summary>
/// <remarks>
/// By hand, because looking for the classes would load every type of the assembly at start; a test finds a class that is missing here.
/// </remarks>
internal static class EndpointGroups
{
    /// <summary>One object of each class, ordered by class name.</summary>
    public static IReadOnlyList<IEndpointGroup> All { get; } =
    [
        new AccessEndpointGroup(),
        new ArchiveEndpointGroup(),
        new AssistantEndpointGroup(),
        new CatalogEndpointGroup(),
        new ConversionEndpointGroup(),
        new CurrencyapiFacade(),
        new DescriptionEndpointGroup(),
        new EcbFacade(),
        new EventsEndpointGroup(),
        new EvidenceEndpointGroup(),
        new ExchangerateHostFacade(),
        new ExchangeratesapiFacade(),
        new FacadeRoutes(),
        new FixerFacade(),
        new FrankfurterFacade(),
        new HealthEndpointGroup(),
        new HistoryEndpointGroup(),
        new MetricsEndpointGroup(),
        new OpenApiEndpointGroup(),
        new OperationsEndpointGroup(),
        new OpsEndpointGroup(),
        new OxrFacade(),
        new PageEndpointGroup(),
        new PoliciesEndpointGroup(),
        new RatesEndpointGroup(),
        new SoapFacade(),
        new WebhookEndpointGroup(),
    ];
}
