using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moq;
using Quartz;
using Rates.Core;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>A worker under test: the real composition, with our clock, our store and our sources.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _ownsStore;

    /// <param name="time">Its clock.</param>
    /// <param name="upstream">Where its providers lie.</param>
    /// <param name="providers">The providers it fetches.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="store">A store shared with another worker; null for one of its own.</param>
    public Bench(
        TimeProvider time, UpstreamServer upstream, string[] providers, Dictionary<string, string?>? settings = null,
        TestStore? store = null)
    {
        (Upstream, _ownsStore, Store) = (upstream, store is null, store ?? new TestStore(time));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(Settings(upstream, providers, Store.Folder)).AddInMemoryCollection(settings ?? []);
        builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddMetrics().AddSingleton(time).AddSingleton(Store.WorkerDocuments)
            .AddRatesWorker(builder.Configuration);
        foreach (var topic in typeof(ITestStore).GetInterfaces().Where(topic => topic.Namespace == typeof(IStoreCheck).Namespace))
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(topic, Store.Calls));
        }

        // It takes the store as a whole, and would open the file a second time.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "StoreCopier"));
        _host = builder.Build();
    }

    public UpstreamServer Upstream { get; }

    public TestStore Store { get; }

    public LogLines Log { get; } = new();

    /// <summary>The settings of a worker that fetches only these providers, all of them from <paramref name="upstream"/>.</summary>
    public static Dictionary<string, string?> Settings(UpstreamServer upstream, string[] providers, string dataFolder)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Rates:DataFolder"] = dataFolder,
            ["Rates:Worker:AllowPrivateAddresses"] = "true",
            ["Rates:Worker:Backfill"] = "0",
        };
        foreach (var provider in ProviderCatalog.Shipped().All)
        {
            var key = $"Rates:Providers:{provider.Key}";
            settings[$"{key}:Enabled"] = providers.Contains(provider.Key) ? "true" : "false";
            settings[$"{key}:Address"] = upstream.AddressOf(provider.Key).AbsoluteUri;
            foreach (var origin in provider.Block.Addresses.Keys)
            {
                settings[$"{key}:Addresses:{origin}"] = upstream.AddressOf(provider.Key).AbsoluteUri;
            }
        }

        return settings;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts the worker as a process would.</summary>
    public async Task<Bench> StartAsync()
    {
        await _host.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Waits until its triggers are set.</summary>
    public async Task<Bench> ReadyAsync()
    {
        await LoggedAsync("a missed slot is fetched within");
        return this;
    }

    /// <summary>Waits until it has logged something. Its clock stands still meanwhile.</summary>
    public Task LoggedAsync(string text) =>
        Eventually.IsAsync(
            () => Log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), TestContext.Current.CancellationToken, text);

    /// <summary>Lets time pass in steps, each of them long enough in the world for what it set off to be done.</summary>
    /// <remarks>
    /// A fetch that waits for the clock holds a step up for a moment only; calls of the store hold it up until they are
    /// answered.
    /// </remarks>
    public async Task PassAsync(TimeSpan span, TimeSpan step, params Bench[] others)
    {
        var clock = (FakeTimeProvider)Get<TimeProvider>();
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
        {
            clock.Advance(step);
            for (var (quiet, looks) = (0, 0); quiet < 3 && looks < 200; looks++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System);
                await Eventually.IsAsync(() => !Store.IsAsked, TestContext.Current.CancellationToken);
                var busy = await Task.WhenAll(others.Append(this).Select(bench => bench.IsBusyAsync()));
                quiet = busy.Contains(true) ? 0 : quiet + 1;
            }
        }
    }

    private async Task<bool> IsBusyAsync()
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler(CancellationToken.None);
        return (await scheduler.QueryFireInstances(new(), CancellationToken.None)).Items.Count > 0;
    }

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

    /// <summary>What a trigger of the provider does, without Quartz.</summary>
    public Task AlarmAsync(string provider) => AlarmAsync(provider, Get<ScheduleTable>().Shipped[provider]);

    /// <summary>The same under another schedule.</summary>
    public async Task AlarmAsync(string provider, ScheduleDefinition definition)
    {
        Get<ScheduleTable>().Update(new Dictionary<string, ScheduleDefinition> { [provider] = definition });
        await LookAsync(provider);
    }

    /// <summary>What a trigger of a provider without a schedule does.</summary>
    public async Task LookAsync(string provider)
    {
        var job = ActivatorUtilities.CreateInstance<PrefetchJob>(_host.Services);
        var context = Mock.Of<IJobExecutionContext>(context => context.JobDetail.Key == new JobKey(provider, "prefetch"));
        var running = job.Execute(context, TestContext.Current.CancellationToken).AsTask();
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System)) != running)
        {
            // Pauses between tries are shorter than any deadline: only they are cut short.
            (Get<TimeProvider>() as FakeTimeProvider)?.AdvanceToTimer(TimeSpan.FromSeconds(4));
        }

        await running;
    }

    /// <summary>When the provider is tried again, besides its regular trigger; null for never.</summary>
    public async Task<DateTimeOffset?> TriggerOnceAsync(string provider)
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);
        return (await scheduler.GetTrigger(new TriggerKey(provider, "again"), TestContext.Current.CancellationToken))?.StartTimeUtc;
    }

    public Task<RateSheet?> SheetAsync(string provider) => Store.Calls.ReadSheetAsync(provider, TestContext.Current.CancellationToken);

    public Task<FetchState> StateAsync(string provider) => Store.Calls.ReadFetchAsync(provider, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<FetchRun>> RunsAsync() => Store.Calls.ReadRunsAsync(1000, TestContext.Current.CancellationToken);

    public async Task<ProviderHealth> HealthAsync(string provider) =>
        (await Store.Calls.ReadProvidersAsync(TestContext.Current.CancellationToken))[provider].Health;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
        if (_ownsStore)
        {
            await Store.DisposeAsync();
        }
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Writer(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}
