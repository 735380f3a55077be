using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Adds a worker to a host.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker, the providers it fetches and the store it works with.</summary>
    /// <exception cref="InvalidDataException">
    /// A setting under <c>Rates:Worker</c> or <c>Rates:Providers</c> cannot be used; each is named with its value, one a line.
    /// </exception>
    public static IServiceCollection AddRatesWorker(this IServiceCollection services, IConfiguration configuration)
    {
        var options = WorkerOptions.Read(configuration);
        var catalog = ProviderCatalog.Configured(configuration);
        CheckSchedules(catalog);

        // The program itself reports a failed start in one message; the host would add a stack trace.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
        services.AddRateStore(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton(provider => Checked(options, provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<WorkerMetrics>().AddSingleton<StoreAvailability>().AddSingleton<StopToken>();
        services.AddSingleton<SourceConnector>(provider => new(provider.GetRequiredService<WorkerOptions>()));
        services.AddSingleton<ProviderHttp>().AddSingleton<ProviderFetch>();
        services.AddSingleton<ScheduleTable>().AddSingleton<TriggerThrottle>().AddSingleton<PrefetchTriggers>();
        services.AddSingleton<SlotClaimer>();
        services.AddSingleton<IngestCheck>().AddSingleton<HistoryCheck>().AddSingleton<Prefetch>().AddSingleton<FetchRecorder>();

        services.AddQuartz(quartz => quartz
            .UseInMemoryStore()
            .UseDefaultThreadPool(options.MaxConcurrency));
        // If Quartz waited for the application's start, it would wait for ever when that start fails. No trigger is set before the
        // store answers.
        services.AddQuartzHostedService(quartz => (quartz.WaitForJobsToComplete, quartz.AwaitApplicationStarted) = (true, false));
        services.AddHostedService<PrefetchSchedule>().AddHostedService<SheetRestorer>();
        services.AddHostedService<Backfill>().AddHostedService<Heartbeat>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopWithin + TimeSpan.FromSeconds(5));
        return services;
    }

    private static void CheckSchedules(ProviderCatalog catalog)
    {
        List<string> problems = [];
        foreach (var provider in catalog.All.Where(provider => provider.Block.Schedule.Length > 0))
        {
            try
            {
                ProviderSchedule.Parse(provider.Key, ScheduleTable.Definition(provider.Block));
            }
            catch (FormatException problem)
            {
                problems.Add($"Rates:Providers:{provider.Key}: {problem.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidDataException(string.Join(Environment.NewLine, problems));
        }
    }

    private static WorkerOptions Checked(WorkerOptions options, IHostEnvironment environment) =>
        options.AllowPrivateAddresses && environment.IsProduction()
            ? throw new InvalidDataException(
                $"{WorkerOptions.Section}:AllowPrivateAddresses 'true' is for tests only and refused when the environment is "
                + environment.EnvironmentName)
            : options;
}
