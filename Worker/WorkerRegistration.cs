using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Rates.Core;
using Rates.Settings;
using Rates.Store;
using Rates.Telemetry;

namespace Rates.Worker;

/// <summary>Registers the services of a worker with a host.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker, the providers it fetches and the store it works with.</summary>
    /// <remarks>Settings are checked when the host starts: each one that cannot be used is named with its value.</remarks>
    public static IServiceCollection AddRatesWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WorkerOptions>(configuration).AddSettingsRule<WorkerOptions, WorkerOptionsRangeValidator>()
            .AddSettingsRule<WorkerOptions, WorkerOptionsValidator>();
        services.AddSingleton(_ => new ConfiguredProviders(configuration));
        services.AddSingleton<IValidateOptions<WorkerOptions>>(provider => provider.GetRequiredService<ConfiguredProviders>());

        // The program itself reports a failed start in one message; the host would add a stack trace.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
        services.AddRateStore(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ShippedSheets.None);
        services.AddSingleton(provider => provider.GetRequiredService<ConfiguredProviders>().Catalog);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<WorkerOptions>>().Value);
        services.AddSingleton<WorkerMetrics>().AddSingleton<StoreAvailability>().AddSingleton<StopToken>();
        services.AddSingleton<PrivateAccess>().AddSingleton<SecretReader>().AddSingleton<EndpointRules>().AddSingleton<EndpointResolver>();
        services.AddSingleton<ProviderTable>().AddSingleton<SourceSettings>();
        services.AddSingleton<DeclarationCheck>().AddSingleton<DeclarationTrial>();
        services.AddSingleton<SourceConnector>(provider => new(provider.GetRequiredService<WorkerOptions>()));
        services.AddSingleton<EndpointCheck>().AddSingleton<QuestionAnswers>();
        services.AddSingleton<StoreClock>();
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<ProviderHttp>(provider, provider.GetRequiredService<StoreClock>()));
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<ProviderFetch>(provider, provider.GetRequiredService<StoreClock>()));
        services.AddSingleton<ScheduleTable>().AddSingleton<TriggerThrottle>().AddSingleton<PrefetchTriggers>();
        services.AddSingleton<RequestQuota>();
        services.AddSingleton<SlotClaimer>().AddSingleton<EvidenceRecorder>().AddSingleton<Replay>()
            .AddSingleton<ReplayStorage>().AddSingleton<ReplayCommand>();
        services.AddSingleton<IngestCheck>().AddSingleton<HistoryCheck>().AddSingleton<HistoryConfirmation>().AddSingleton<Prefetch>();
        services.AddSingleton<DiscardedFigures>().AddSingleton<FetchRecorder>();
        services.AddSingleton<FetchRunner>().AddSingleton<BackfillFetch>().AddSingleton<Backfill>().AddSingleton<QuarantineRelease>()
            .AddSingleton<CommandActions>();

        services.AddQuartz(quartz => quartz.UseInMemoryStore());
        services.AddOptions<QuartzOptions>().Configure<IOptions<WorkerOptions>>(
            (quartz, worker) => quartz.Properties["quartz.threadPool.maxConcurrency"] = $"{worker.Value.MaxConcurrency}");
        // If Quartz waited for the application's start, it would wait for ever when that start fails. No trigger is set before the
        // store answers.
        services.AddQuartzHostedService(quartz => (quartz.WaitForJobsToComplete, quartz.AwaitApplicationStarted) = (true, false));
        services.AddHostedService<PrefetchSchedule>().AddHostedService<SheetRestorer>().AddHostedService(
            provider => provider.GetRequiredService<Backfill>());
        services.AddHostedService<CommandRunner>().AddHostedService<QuestionAnswerer>().AddHostedService<DeclarationFolder>();
        services.AddHostedService<Heartbeat>();
        services.AddSingleton<WorkerHealth>().AddSingleton<IHealthReporter>(provider => provider.GetRequiredService<WorkerHealth>());
        services.AddAlerts(configuration).AddWebhooks(configuration);
        services.AddSingleton<UnfetchedDays>();
        services.AddSingleton<ProviderWatch>().AddHostedService(provider => provider.GetRequiredService<ProviderWatch>());
        // Read unchecked: the host asks for it before it checks the settings, and would name only the problems of this section.
        services.Configure<HostOptions>(
            host =>
                host.ShutdownTimeout = SettingsReader.Read<WorkerOptions>(configuration).ToOptions().StopWithin + TimeSpan.FromSeconds(5));
        return services;
    }
}
