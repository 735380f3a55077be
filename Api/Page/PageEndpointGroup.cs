namespace Rates.Api;

/// <summary>Maps the routes of the public web page for readers of rates, and of its files.</summary>
internal sealed class PageEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) =>
        services.AddSingleton<LocalAnswers>().AddSingleton<ConverterPage>().AddSingleton<PairPage>()
            .AddSingleton<ProvidersPage>().AddSingleton<ProviderPage>().AddSingleton<CurrencyPage>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", routes.Get<ConverterPage>().ShowAsync).ExcludeFromDescription();
        routes.MapRead("/pair/{base}/{quote}", routes.Get<PairPage>().ShowAsync).ExcludeFromDescription();

        // For every method: routing decides by the method before it looks at the length, and would have 405 for what is nothing at all.
        routes.Map(PairAddress.Pattern, ApiProblems.Guard(PairAddress.ShowAsync)).ExcludeFromDescription();
        routes.MapRead("/providers", routes.Get<ProvidersPage>().ShowAsync).ExcludeFromDescription();
        routes.MapRead("/providers/{key}", routes.Get<ProviderPage>().ShowAsync).ExcludeFromDescription();
        routes.MapRead("/currencies/{code}", routes.Get<CurrencyPage>().ShowAsync).ExcludeFromDescription();
        foreach (var file in PageFile.All)
        {
            routes.MapRead(file.Path, file.SendAsync).ExcludeFromDescription();
        }
    }
}
