namespace Rates.Api;

/// <summary>Maps what describes the interface to people and assistants: <c>/reference</c> and <c>/llms.txt</c>.</summary>
internal sealed class DescriptionEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.Descriptions)
        {
            routes.MapRead(file.Path, file.SendAsync).ExcludeFromDescription();
        }
    }
}
