using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>The shared store on a server of the class's own, under a prefix of the test's own.</summary>
internal sealed class RedisRig(RedisServer server, ConnectionMultiplexer hand, RedisDeadlines deadlines) : StoreRig
{
    private static int _rigs;

    private readonly List<RedisStore> _stores = [];
    private readonly List<RedisConnection> _connections = [];
    private readonly string _prefix = $"test{Interlocked.Increment(ref _rigs)}";

    internal override IRateStore Store => field ??= Another();

    internal RateKeys Keys => new(_prefix);

    /// <summary>The values of evidence, under a clock of the test's.</summary>
    internal IBlobs Blobs(TimeProvider time)
    {
        var connection = new RedisConnection(
            RedisConfiguration.Read(new() { Redis = server.Address }), server.Address, "test", TimeSpan.FromSeconds(20),
            TimeProvider.System);
        _connections.Add(connection);
        return new RedisBlobs(connection, Keys, time);
    }

    /// <summary>The server as an operator's redis-cli sees it.</summary>
    public IDatabase Hand => hand.GetDatabase();

    internal override IRateStore Another()
    {
        var options = RedisConfiguration.Read(new() { Redis = server.Address });
        if (deadlines != RedisDeadlines.Default)
        {
            options.ConnectTimeout = (int)deadlines.Read.TotalMilliseconds;
        }

        var store = new RedisStore(options, _prefix, deadlines, TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    public override Task MarkAsync(string provider, string field, long milliseconds) =>
        Hand.HashSetAsync(Keys.Fetch(provider), field, milliseconds);

    public override Task PlantQuotaAsync(string provider, string used, long until) =>
        Hand.HashSetAsync(Keys.Quota(provider), [new("used", used), new("until", until)]);

    public override Task PlantSheetAsync(string provider, string payload) => Hand.StringSetAsync(Keys.Sheet(provider), payload);

    public override async Task<string?> SheetTextAsync(string provider) => await Hand.StringGetAsync(Keys.Sheet(provider));

    public override async Task<IReadOnlyDictionary<string, string>> LatestAsync(string provider) =>
        (await Hand.HashGetAllAsync(Keys.Latest(provider))).ToStringDictionary();

    public override Task PlantDefinitionAsync(string provider, string definition) => Hand.HashSetAsync(Keys.Schedule, provider, definition);

    public override async Task<string?> DefinitionTextAsync(string provider) => await Hand.HashGetAsync(Keys.Schedule, provider);

    public override Task PlantDayAsync(string provider, DateOnly day, string figures) =>
        Hand.HashSetAsync(Keys.History(provider, day.Year), StoreFormat.Text(day), figures);

    public override Task PlantDayAsync(string provider, DateOnly day, byte[] stored) =>
        Hand.HashSetAsync(Keys.History(provider, day.Year), StoreFormat.Text(day), stored);

    public override async Task<byte[]?> StoredDayAsync(string provider, DateOnly day) =>
        await Hand.HashGetAsync(Keys.History(provider, day.Year), StoreFormat.Text(day));

    public override async Task<IReadOnlyList<AuditRow>> AuditAsync() =>
        [
            .. from entry in await Hand.StreamRangeAsync(Keys.Audit)
               select new AuditRow(entry["provider"]!, entry["by"]!, entry["from"]!, entry["to"]!),
        ];

    public override Task SilenceAsync(string worker, TimeSpan ago) =>
        Hand.SortedSetAddAsync(Keys.Workers, worker, (TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds());

    public override Task WipeAsync() => Hand.ExecuteAsync("FLUSHALL");

    public override async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }
}
