namespace Rates.Api;

/// <summary>Maps the routes of the public web page for readers of rates, and of its files.</summary>
internal sealed class PageEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) =>
        services.AddSingleton<LocalAnswers>().AddSingleton<ConverterPage>().AddSingleton<PairPage>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", routes.Get<ConverterPage>().ShowAsync).ExcludeFromDescription();
        routes.MapRead("/pair/{base}/{quote}", routes.Get<PairPage>().ShowAsync).ExcludeFromDescription();
        foreach (var file in PageFile.All)
        {
            routes.MapRead(file.Path, file.SendAsync).ExcludeFromDescription();
        }
    }
}
