using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Registers the services that hold the book (the rates in memory that requests are answered from), update it from the store and copy it to
/// disk.
/// </summary>
internal static class BookRegistration
{
    /// <summary>Registers it over <see cref="ISheetReader"/>, <see cref="IProviderReader"/> and
    /// <see cref="IHistoryReader"/>, which are registered elsewhere.</summary>
    public static IServiceCollection AddBook(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(ShippedSheets.None);
        services.AddSingleton(DiskCopyLocation.Of(configuration.GetSection("Rates").Get<StoreOptions>() ?? new()));
        services.AddSingleton<DiskCopyFile>();
        services.AddSingleton<CurrentBook>();
        services.AddSingleton<KnownProviders>();
        services.AddSingleton<BookRefresher>();
        services.AddHostedService(provider => provider.GetRequiredService<BookRefresher>());
        services.AddSingleton<DiskCopier>();
        services.AddHostedService(provider => provider.GetRequiredService<DiskCopier>());
        return services;
    }
}
