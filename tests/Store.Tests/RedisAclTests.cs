using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rates.Core;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>The users of <c>redis-users.acl</c> can do their work and nothing else.</summary>
public sealed class RedisAclTests : IAsyncLifetime
{
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);
    private static readonly RedisDeadlines Patient = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-acl-");
    private RedisServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        var shipped = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "redis-users.acl"), Token);
        Assert.All(shipped, line => Assert.Contains(" resetpass ", line, StringComparison.Ordinal));
        var file = Path.Combine(_folder.FullName, "users.acl");
        await File.WriteAllLinesAsync(
            file,
            shipped.Select(
                line => line.Replace("resetpass", line.Split(' ')[1] == "default" ? "nopass" : ">secret", StringComparison.Ordinal)),
            Token);
        _server = await RedisServer.StartAsync(Token, "--aclfile", file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_worker_can_do_all_of_its_work()
    {
        await using var store = Store("rates-worker");
        await WorkAsync(store);

        var body = RandomNumberGenerator.GetBytes(100);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body));
        var evidence = new EvidenceStore(store.Blobs, new(), TimeProvider.System);
        await evidence.WriteAsync(
            new("ecb", "1-a", 7, Sheets.FetchedAt, Sheets.Day, Sheets.Day, Sheets.Day, []),
            new Dictionary<string, ReadOnlyMemory<byte>> { [digest] = body }, Token);
        await store.Blobs.DeleteAsync($"body/{digest}", Token);
        Assert.Single(await evidence.ListAsync("ecb", Token));
        Assert.DoesNotContain(await store.CheckAsync(Token), finding => finding.Contains("NOPERM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_api_reads_everything_edits_what_operators_edit_and_writes_no_rates()
    {
        await using var worker = Store("rates-worker");
        await WorkAsync(worker);
        await using var api = Store("rates-api");

        Assert.Single((await api.ReadIndexAsync(Token)).Sheets);
        Assert.NotNull(await api.ReadSheetAsync("ecb", Token));
        Assert.Single(await api.ReadProvidersAsync(Token));
        Assert.NotEmpty(await api.ReadHistoryAsync("ecb", Sheets.Day, Sheets.Day, Token));
        Assert.Single(await api.ReadRunsAsync(10, Token));
        Assert.Single(await api.ReadQuarantineAsync("ecb", Token));
        Assert.Single(await api.ReadWorkersAsync(Token));
        await using var watch = await api.WatchAsync((string _) => { }, Token);
        var definition = (await api.ReadAllAsync(Token))["ecb"];
        Assert.NotNull(await api.EditAsync("ecb", definition.Revision, definition with { By = "anna" }, Token));
        Assert.NotNull(await api.Documents.EditDocumentAsync(
            new("command", "one", 0, "{}", "anna", new("command", "one", "anna", "", "{}")), Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => api.ClaimAsync("ecb", TimeProvider.System.GetUtcNow().AddSeconds(1), Terms, Token));
        Observation[] others = [.. Sheets.Of("ecb").Observations.Select(figure => figure with { Rate = figure.Rate + 1 })];
        await Assert.ThrowsAsync<StoreUnavailableException>(() => api.UpsertHistoryAsync("ecb", others, Sheets.FetchedAt, Token));
    }

    [Fact]
    public async Task An_api_keeps_answers_that_expire()
    {
        await using var services = new ServiceCollection().AddLogging().AddRateStore(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Rates:Redis"] = Configuration("rates-api") }).Build()).BuildServiceProvider();
        var cache = services.GetRequiredService<IDistributedCache>();

        await cache.SetAsync("history:0f", [1, 2, 3], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) }, Token);

        Assert.Equal([1, 2, 3], await cache.GetAsync("history:0f", Token));
        Assert.Null(await cache.GetAsync("history:10", Token));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Configuration("default"));
        var life = await redis.GetDatabase().KeyTimeToLiveAsync("rates:answers:history:0f");
        Assert.InRange(life!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData("rates-worker", "FLUSHALL")]
    [InlineData("rates-worker", "CONFIG", "GET", "dir")]
    [InlineData("rates-worker", "ACL", "LIST")]
    [InlineData("rates-worker", "SET", "other", "1")]
    [InlineData("rates-worker", "KEYS", "*")]
    [InlineData("rates-api", "SET", "{rates}:sheet:ecb", "1")]
    [InlineData("rates-api", "DEL", "{rates}:index")]
    [InlineData("rates-api", "EVAL", "return redis.call('SET', KEYS[1], '1')", "1", "{rates}:sheet:ecb")]
    [InlineData("rates-api", "FLUSHALL")]
    [InlineData("rates-api", "EXPIRE", "{rates}:sheet:ecb", "1")]
    [InlineData("rates-worker", "HGET", "rates:answers:history:0f", "data")]
    [InlineData("rates-dashboard", "HGETALL", "{rates}:documents:user")]
    [InlineData("rates-dashboard", "SET", "{rates}:sheet:ecb", "1")]
    [InlineData("rates-dashboard", "PUBLISH", "{rates}:changed", "ecb")]
    [InlineData("rates-dashboard", "EVAL", "return 1", "0")]
    [InlineData("rates-dashboard", "FLUSHALL")]
    public async Task Nobody_can_do_more(string user, params string[] command)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Configuration(user) + ",allowAdmin=true");

        var refused = await Assert.ThrowsAsync<RedisServerException>(
            () => redis.GetDatabase().ExecuteAsync(command[0], [.. command.Skip(1)]));

        Assert.StartsWith("NOPERM", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dashboard_reads_rates()
    {
        await using var worker = Store("rates-worker");
        await WorkAsync(worker);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Configuration("rates-dashboard"));
        var dashboard = redis.GetDatabase();

        Assert.False((await dashboard.HashGetAsync("{rates}:latest:ecb", "@asOf")).IsNull);
        Assert.Single(await dashboard.HashGetAllAsync("{rates}:index"));
        Assert.Single(await dashboard.StreamRangeAsync("{rates}:runs"));
    }

    private static async Task WorkAsync(RedisStore store)
    {
        var claim = await store.ClaimAsync("ecb", TimeProvider.System.GetUtcNow(), Terms, Token);
        Assert.True((await store.PublishAsync(claim, Sheets.Of("ecb"), FetchValidators.None, Token)).Accepted);
        await store.UpsertHistoryAsync("ecb", Sheets.Of("ecb").Observations, Sheets.FetchedAt, Token);
        await store.WriteBackfilledAsync("ecb", Sheets.Day, Token);
        await store.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0 16 * * ?", Zone = "UTC" } }, Token);
        await store.WriteProviderAsync(Sheets.Profile("ecb"), new ProviderHealth(), Token);
        await store.QuarantineAsync(new("1", Sheets.FetchedAt, "ecb", Sheets.FetchedAt, ["reason"], "", []), Token);
        await store.RecordRunAsync(
            new(Sheets.FetchedAt, "ecb", Sheets.FetchedAt, "worker-1", "published", "", TimeSpan.Zero, 1, 1, 1), Token);
        await store.BeatAsync("worker-1", Token);
        await using var watch = await store.WatchAsync(() => { }, Token);
        await store.FinishAsync(claim, new(SlotDone: true, Failed: false, null, Sheets.FetchedAt, null, null), Token);
        await store.ReadFetchAsync("ecb", Token);
        await store.ReadQuarantineAsync("ecb", Token);
    }

    private string Configuration(string user) => $"{_server!.Address},user={user},password=secret,abortConnect=false";

    private RedisStore Store(string user) =>
        new(RedisConfiguration.Read(new() { Redis = Configuration(user) }), "rates", Patient, TimeProvider.System);
}
