using Microsoft.Extensions.Configuration;
using Rates.Settings;

namespace Rates.Store;

/// <summary>
/// Opens the store on Redis, and connects, on another thread while the host is still being made, so that the first answer comes sooner.
/// </summary>
/// <remarks>Settings that cannot be used are left to the start, which reads and checks all of them and tells what is wrong.</remarks>
internal sealed class EarlyRedis
{
    private readonly Lazy<(StoreOptions Options, RedisStore Store)?> _opened;

    /// <param name="configuration">The settings, as far as they are known now.</param>
    public EarlyRedis(IConfiguration configuration)
    {
        _opened = new(() => Open(configuration));
        _ = Task.Run(() => _opened.Value);
    }

    /// <summary>The store that was opened; null when there is none, or when the settings were others then. To be called once.</summary>
    /// <param name="options">The checked settings.</param>
    public RedisStore? Take(StoreOptions options)
    {
        if (_opened.Value is not { } early)
        {
            return null;
        }

        if (AreOfOneStore(early.Options, options))
        {
            return early.Store;
        }

        _ = early.Store.DisposeAsync().AsTask();
        return null;
    }

    private static (StoreOptions Options, RedisStore Store)? Open(IConfiguration configuration)
    {
        var options = SettingsReader.Read<StoreOptions>(configuration).ToOptions();
        if (options.Redis.Length == 0 || new StoreOptionsValidator().Validate(null, options).Failed)
        {
            return null;
        }

        var store = RedisStore.Open(options, TimeProvider.System);
        store.Connect();
        return (options, store);
    }

    private static bool AreOfOneStore(StoreOptions one, StoreOptions other) =>
        (one.Redis, one.RedisPasswordFile, one.RedisCaFile, one.Prefix)
        == (other.Redis, other.RedisPasswordFile, other.RedisCaFile, other.Prefix);
}
