namespace Rates.Api;

/// <summary>Maps the routes of the public web page for readers of rates, and of its files.</summary>
internal sealed class PageEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.All)
        {
            routes.MapRead(file.Path, file.SendAsync).ExcludeFromDescription();
        }
    }
}
