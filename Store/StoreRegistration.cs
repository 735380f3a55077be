using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Store;

/// <summary>Registers the store (Redis or SQLite) with a host's services.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Adds every public interface of the store, all of them implemented by one object: Redis where <c>Rates:Redis</c> names a
    /// server, else the embedded file. Settings are checked when the host starts, and what <see cref="IStoreCheck"/> finds is
    /// logged. A second call changes nothing.
    /// </summary>
    public static IServiceCollection AddRateStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StoreOptions>(configuration).AddSettingsRule<StoreOptions, StoreOptionsValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreCheckAtStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreCopier>());
        services.AddSettings<EvidenceOptions>(configuration).AddSettingsRule<EvidenceOptions, EvidenceOptionsRangeValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OpenEvidence);
        services.TryAddSingleton(OpenAnswers);
        services.TryAddSingleton(Open);
        foreach (var contract in typeof(IRateStore).GetInterfaces().Where(contract => contract.Assembly == typeof(IRateStore).Assembly))
        {
            services.TryAddSingleton(contract, provider => provider.GetRequiredService<IRateStore>());
        }

        services.TryAddSingleton(provider => provider.GetRequiredService<IRateStore>().Documents);
        services.TryAddSingleton<AccessStore>();
        services.TryAddSingleton<CommandStore>();
        services.TryAddSingleton<SourceStore>();
        services.TryAddSingleton<QuestionStore>();
        services.TryAddSingleton<WebhookStore>();
        return services;
    }

    /// <summary>
    /// Begins to connect to Redis at once, on another thread, so that the first answer comes sooner. Changes nothing where no server is
    /// named. What is wrong with the settings is found later, with all others.
    /// </summary>
    public static IServiceCollection ConnectEarly(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(new EarlyRedis(configuration));

    // A connection of its own: a long answer delays no other command, and what disposes the cache closes it.
    private static IDistributedCache OpenAnswers(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        if (options.Redis.Length == 0)
        {
            return new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = StoreLimits.Answers }));
        }

        var redis = RedisConfiguration.Read(options);
        redis.ClientName = "rates-answers";
        redis.AsyncTimeout = redis.SyncTimeout = 1_000;
        return new RedisCache(Options.Create(new RedisCacheOptions
        {
            ConfigurationOptions = redis,
            InstanceName = RateKeys.Answers(options.Prefix),
        }));
    }

    private static IEvidence OpenEvidence(IServiceProvider provider)
    {
        var store = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        var options = provider.GetRequiredService<IOptions<EvidenceOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        IBlobs blobs = options.Folder.Length == 0 && store.Redis.Length > 0
            ? ((RedisStore)provider.GetRequiredService<IRateStore>()).Blobs
            : new FolderBlobs(options.Folder.Length > 0 ? options.Folder : Path.Combine(store.DataFolder, "evidence"), time);
        return new EvidenceStore(blobs, options, time);
    }

    private static IRateStore Open(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var early = time == TimeProvider.System ? provider.GetService<EarlyRedis>()?.Take(options) : null;
        return options.Redis.Length > 0
            ? early ?? RedisStore.Open(options, time)
            : new SqliteStore(SqliteFile.Open(options.DataFolder), time);
    }
}
