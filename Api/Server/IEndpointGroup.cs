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

/// <summary>Finds every endpoint group of the Api, ordered by class name.</summary>
internal static class EndpointGroups
{
    /// <summary>One object of each class.</summary>
    public static IReadOnlyList<IEndpointGroup> All { get; } =
    [
        .. typeof(IEndpointGroup).Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IEndpointGroup)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (IEndpointGroup)Activator.CreateInstance(type)!),
    ];
}
