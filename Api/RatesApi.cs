using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rates.Store;

namespace Rates.Api;

/// <summary>Adds the Api to a host: to its own, or to one that holds a Worker as well.</summary>
public static class RatesApi
{
    /// <summary>
    /// Registers the Api over the readers that are registered beside it: <see cref="ISheetReader"/>, <see cref="IProviderReader"/>
    /// and <see cref="IHistoryReader"/>. Settings: <c>Rates:Api</c>, and
    /// <c>Rates:DataFolder</c> for the disk copy.
    /// </summary>
    public static IServiceCollection AddRatesApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ApiOptions, ApiOptionsRanges>().Bind(configuration.GetSection("Rates:Api"));
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsKeys>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ShippedSheets.None);

        services.AddSingleton(DiskPlace.Of(configuration.GetSection("Rates").Get<StoreOptions>() ?? new()));
        services.AddSingleton<BookDisk>();
        services.AddSingleton<CurrentBook>();
        services.AddSingleton<BookRefresher>();
        services.AddHostedService(provider => provider.GetRequiredService<BookRefresher>());
        services.AddSingleton<DiskCopier>();
        services.AddHostedService(provider => provider.GetRequiredService<DiskCopier>());

        services.AddSingleton<DatedBooks>();
        services.AddSingleton<RatesEndpoint>();
        services.AddSingleton<PairEndpoint>();
        services.AddSingleton<ConvertEndpoint>();
        services.AddSingleton<HistoryEndpoint>();
        services.AddSingleton<ProvidersEndpoint>();
        services.AddSingleton<CurrenciesEndpoint>();
        services.AddSingleton<EventsEndpoint>();
        services.AddSingleton<HealthEndpoints>();

        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDocument.Configure);
        return services.AddRatesServer();
    }

    /// <summary>How requests are taken in: the settings that every comparison of speed must share.</summary>
    internal static IServiceCollection AddRatesServer(this IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ApiOptions>>(ApiServer.Limit);

        // Reads never block, so they may run where their bytes arrive.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);

        // The framework's line per request would cost more than the request; failures are logged where they happen.
        // A start that fails is told in one message by ApiStart; the host would add its stack.
        return services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
    }

    /// <summary>Puts the pipeline and every endpoint in place.</summary>
    public static WebApplication MapRatesApi(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ApiProblems.WriteUnexpectedAsync });
        app.Use(ApiServer.ShortCut(app.Services.GetRequiredService<RatesEndpoint>()));
        app.Use(ApiServer.AnswerPreflight);
        app.UseStatusCodePages(ApiProblems.WriteStatusAsync);
        app.UseRouting();
        ApiRoutes.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }
}
