namespace Rates.Api;

/// <summary>
/// One group of endpoints, kept in one folder: it registers its own services and maps its own routes. The server finds every
/// class that implements this, so that a new endpoint needs no change outside its folder.
/// </summary>
internal interface IApiTopic
{
    /// <summary>Registers the services that the endpoints need.</summary>
    void Register(IServiceCollection services);

    /// <summary>Maps the routes.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Every topic of this project, in order of its class name.</summary>
internal static class ApiTopics
{
    /// <summary>One object of each class.</summary>
    public static IReadOnlyList<IApiTopic> All { get; } =
    [
        .. typeof(IApiTopic).Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IApiTopic)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (IApiTopic)Activator.CreateInstance(type)!),
    ];
}
