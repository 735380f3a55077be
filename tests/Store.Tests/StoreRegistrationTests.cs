using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>The one registration and the settings it checks.</summary>
public sealed class StoreRegistrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-store-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_redis_server_the_embedded_store_is_every_part_of_it()
    {
        await using var services = Services(("Rates:DataFolder", _folder.FullName));

        var store = services.GetRequiredService<ISheetReader>();

        Assert.IsType<SqliteStore>(store);
        Type[] topics =
        [
            typeof(IClaims), typeof(IHistory), typeof(IHistoryReader), typeof(ISchedules), typeof(IProviders), typeof(IProviderReader),
            typeof(IRuns),
            typeof(IRunReader), typeof(IQuarantine), typeof(IQuarantineReader), typeof(IWorkers), typeof(IWorkerReader),
            typeof(IStoreCheck),
        ];
        Assert.All(topics, topic => Assert.Same(store, services.GetRequiredService(topic)));
    }

    [Fact]
    public async Task With_a_redis_server_that_is_the_store_and_its_secrets_are_not_shown()
    {
        await using var services = Services(("Rates:Redis", "redis.example:6380,password=hunter2"), ("Rates:Prefix", "fx-test_1"));

        Assert.IsType<RedisStore>(services.GetRequiredService<IClaims>());
        Assert.Equal("Redis at redis.example:6380", services.GetRequiredService<IStoreCheck>().Location);
    }

    [Fact]
    public async Task A_host_says_at_start_that_its_file_is_in_use()
    {
        await using var holder = SqliteFile.Open(_folder.FullName);
        using var host = Host(("Rates:DataFolder", _folder.FullName));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => host.StartAsync(Token));

        Assert.Contains("in use by another process", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rates:Prefix", "a:b", "Rates:Prefix is 'a:b'")]
    [InlineData("Rates:Prefix", "", "Rates:Prefix is ''")]
    [InlineData("Rates:Prefix", "rates}", "Rates:Prefix is 'rates}'")]
    [InlineData("Rates:Redis", "localhost:6379,colour=blue",
        "Rates:Redis is not a StackExchange.Redis configuration: Keyword 'colour' is not supported")]
    [InlineData("Rates:Redis", "abortConnect=false", "Rates:Redis names no server")]
    [InlineData("Rates:Redis", "redis://:canary@localhost:6379", "Rates:Redis names a server that is no host with a port")]
    [InlineData("Rates:Redis", "localhost:6379,rediss://user:canary@other:6380/0", "Rates:Redis names a server that is no host")]
    [InlineData("Rates:DataFolder", "", "Rates:DataFolder is empty")]
    [InlineData("Rates:DataFolder", "/proc/nowhere", "Rates:DataFolder '/proc/nowhere' cannot be written")]
    public async Task A_setting_that_cannot_work_stops_the_start_by_name(string setting, string value, string message)
    {
        using var host = Host(("Rates:DataFolder", _folder.FullName), (setting, value));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_file_stops_the_start_without_showing_the_configuration()
    {
        var missing = Path.Combine(_folder.FullName, "redis.password");
        using var host = Host(("Rates:Redis", "localhost:6379,password=hunter2"), ("Rates:RedisPasswordFile", missing));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_began_early_is_that_of_the_store()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        await using var server = await RedisServer.StartAsync(Token);
        await using var hand = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        var settings = Configuration([("Rates:Redis", server.Address)]);
        await using var services = new ServiceCollection().AddLogging().ConnectEarly(settings).AddRateStore(settings)
            .BuildServiceProvider();
        long[] early = [];
        await Eventually.IsAsync(async () => (early = await ConnectionsAsync(hand)).Length > 0, () => "nobody connected", Token);

        var index = await services.GetRequiredService<ISheetReader>().ReadIndexAsync(Token);

        Assert.Empty(index.Sheets);

        // One connection of the client is two of the server: one for commands, one for messages.
        var after = (await ConnectionsAsync(hand)).ToHashSet();
        Assert.Subset(after, early.ToHashSet());
        Assert.InRange(after.Count, 1, 2);
    }

    [Theory]
    [InlineData("redis.example:6380", "rates")]
    [InlineData("127.0.0.1:1", "other")]
    public async Task Settings_that_were_changed_after_an_early_connection_hold(string redis, string prefix)
    {
        await using var services = new ServiceCollection().AddLogging()
            .ConnectEarly(Configuration([("Rates:Redis", "127.0.0.1:1")]))
            .AddRateStore(Configuration([("Rates:Redis", redis), ("Rates:Prefix", prefix)]))
            .BuildServiceProvider();

        Assert.Equal($"Redis at {redis}", services.GetRequiredService<IStoreCheck>().Location);
        var failure = await Record.ExceptionAsync(() => services.GetRequiredService<ISheetReader>().ReadIndexAsync(Token));
        Assert.IsType<StoreUnavailableException>(failure);
    }

    private static async Task<long[]> ConnectionsAsync(ConnectionMultiplexer hand) =>
        [.. (await hand.GetServers()[0].ClientListAsync()).Where(client => client.Name == "rates-poll").Select(client => client.Id)];

    private static ServiceProvider Services(params (string, string)[] settings) =>
        new ServiceCollection().AddLogging().AddRateStore(
            Configuration(settings)).AddRateStore(Configuration(settings)).BuildServiceProvider();

    private static IHost Host(params (string, string)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.ConnectEarly(Configuration(settings)).AddRateStore(Configuration(settings));
        return builder.Build();
    }

    private static IConfiguration Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(
                setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)).Reverse().DistinctBy(setting => setting.Key)).Build();
}
