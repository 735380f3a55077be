using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rates.Settings;
using Rates.Store;
using Rates.Telemetry;

namespace Rates.Api;

/// <summary>Adds the Api to a host: to its own, or to one that holds a Worker as well.</summary>
public static class RatesApi
{
    /// <summary>
    /// Registers the Api over <see cref="ISheetReader"/>, <see cref="IProviderReader"/> and <see cref="IHistoryReader"/>, which
    /// are registered elsewhere. Settings: <c>Rates:Api</c>, and
    /// <c>Rates:DataFolder</c> for the disk copy.
    /// </summary>
    public static IServiceCollection AddRatesApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ApiOptions>(configuration).AddSettingsRule<ApiOptions, ApiOptionsRangeValidator>()
            .AddSettingsRule<ApiOptions, ApiOptionsValidator>();
        services.AddSettings<FacadeOptions>(configuration).AddSettingsRule<FacadeOptions, FacadeOptionsValidator>();
        services.AddSettings<AccessOptions>(configuration).AddSettingsRule<AccessOptions, AccessOptionsRangeValidator>()
            .AddSettingsRule<AccessOptions, AccessOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddBook(configuration);
        foreach (var group in EndpointGroups.All)
        {
            group.Register(services);
        }

        services.AddProblemDetails();
        FrontServer.Register(services);
        return services.AddRatesServer();
    }

    /// <summary>Sets up the server as the Api needs it. The benchmark's bare server uses the same settings, so that both compare.</summary>
    internal static IServiceCollection AddRatesServer(this IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>(ApiServer.Limit);

        // Reads never block, so they may run on the thread that received them.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);

        services.AddSingleton<DiagnosticSource, RejectedRequests>();

        // The framework's log line per request would cost more than the request; failures are logged where they happen.
        // A start that fails is reported in one message by ApiStart; the host would add a stack trace.
        return services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
    }

    /// <summary>Adds the middleware and maps every endpoint.</summary>
    public static WebApplication MapRatesApi(this WebApplication app)
    {
        // Here already, because the first service that needs its settings would name only those.
        SettingsCheck.ThrowIfAny(app.Services);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ApiProblems.WriteUnexpectedAsync });
        if (app.Services.GetService<IOptions<TelemetryOptions>>()?.Value.Requests == true)
        {
            app.Use(MetricsEndpointGroup.NameRoute);
        }

        app.Use(app.Services.GetRequiredService<AccessGate>().Before);
        app.Use(app.Services.GetRequiredService<RatesEndpoint>().AnswerBeforeRouting);
        app.Use(ApiServer.AnswerPreflight);
        app.UseStatusCodePages(ApiProblems.WriteStatusAsync);
        app.UseRouting();
        var facades = Facades.Options(app.Services);
        foreach (var group in EndpointGroups.All.Where(group => group is not IFacade facade || facades.Has(facade.Name)))
        {
            group.Map(app);
        }

        return app;
    }
}
