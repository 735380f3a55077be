using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Store;

/// <summary>Puts the store into a host.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Adds <see cref="IRateReader"/>, <see cref="IRateWriter"/>, <see cref="IScheduleBook"/> and <see cref="IStoreCheck"/>, all
    /// of them one store: Redis where <c>Rates:Redis</c> names a server, else the embedded file. Settings are checked when the
    /// host starts, and what <see cref="IStoreCheck"/> finds is logged. Adding it twice is adding it once.
    /// </summary>
    public static IServiceCollection AddRateStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StoreOptions>(configuration).AddSettingsRule<StoreOptions, StoreOptionsValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreCheckAtStart>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Open);
        services.TryAddSingleton<IRateReader>(provider => provider.GetRequiredService<IRateStore>());
        services.TryAddSingleton<IRateWriter>(provider => provider.GetRequiredService<IRateStore>());
        services.TryAddSingleton<IScheduleBook>(provider => provider.GetRequiredService<IRateStore>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IRateStore>().Documents);
        services.TryAddSingleton<AccessBook>();
        services.TryAddSingleton<IStoreCheck>(provider => provider.GetRequiredService<IRateStore>());
        return services;
    }

    private static IRateStore Open(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StoreOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        return options.Redis.Length > 0
            ? new RedisRates(RedisConfiguration.Read(options), options.Prefix, RedisDeadlines.Default, time)
            : new SqliteRates(SqliteFile.Open(options.DataFolder), time);
    }
}
