using System.Diagnostics;
using Rates.Testing;

namespace Rates.Store.Tests;

/// <summary>A cluster of three primaries: every script finds all of its keys on one of them.</summary>
public sealed class RedisClusterTests : IAsyncLifetime
{
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);

    private readonly List<RedisServer> _servers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        for (var node = 0; node < 3; node++)
        {
            _servers.Add(await RedisServer.StartAsync(Token, "--cluster-enabled", "yes", "--cluster-node-timeout", "5000"));
        }

        var made = await ProgramRun.OfAsync(
            new ProcessStartInfo(
                "redis-cli", ["--cluster", "create", .. _servers.Select(server => server.Address), "--cluster-yes"]),
            Eventually.Limit, Token);
        Assert.True(made.Code == 0, made.Output + made.Error);

        // Each node learns of the others in its own time.
        foreach (var server in _servers)
        {
            await Eventually.IsAsync(
                async () => (await ProgramRun.OfAsync(
                    new ProcessStartInfo("redis-cli", ["-p", $"{server.Port}", "CLUSTER", "INFO"]), Eventually.Limit, Token))
                    .Output.Contains("cluster_state:ok", StringComparison.Ordinal),
                () => $"{server.Address} knows its cluster", Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_worker_and_an_api_do_all_of_their_work()
    {
        await using var store = new RedisStore(
            RedisConfiguration.Read(new() { Redis = _servers[0].Address }), "rates",
            new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)), TimeProvider.System);
        var shipped = new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0 16 * * ?", Zone = "UTC" } };
        var told = 0;
        await using var watch = await store.WatchAsync((string _) => Interlocked.Increment(ref told), Token);

        await store.BeatAsync("worker-1", Token);
        await store.FillGapsAsync(shipped, Token);
        Assert.Equal(0, await store.TakeHandEditsAsync(shipped, Token));
        await store.WriteProviderAsync(Sheets.Profile("ecb"), new() { Failures = 1 }, Token);
        var claim = await store.ClaimAsync("ecb", TimeProvider.System.GetUtcNow(), Terms, Token);
        Assert.True((await store.PublishAsync(claim, Sheets.Of("ecb"), FetchValidators.None, Token)).Accepted);
        await store.UpsertHistoryAsync("ecb", [Sheets.Figure("EUR/USD", 1.2m)], Sheets.FetchedAt, Token);
        var definition = (await store.ReadAllAsync(Token))["ecb"];
        Assert.NotNull(await store.EditAsync("ecb", definition.Revision, definition with { By = "anna" }, Token));
        Assert.NotNull(await store.Documents.EditDocumentAsync(
            new("command", "one", 0, "{}", "anna", new("command", "one", "anna", "", "{}")), Token));

        Assert.Single((await store.ReadIndexAsync(Token)).Sheets);
        Assert.NotNull(await store.ReadSheetAsync("ecb", Token));
        Assert.NotEmpty(await store.ReadHistoryAsync("ecb", Sheets.Day, Sheets.Day, Token));
        Assert.Equal("anna", (await store.ReadProvidersAsync(Token))["ecb"].Schedule!.By);
        Assert.Equal(2, (await store.Documents.ReadChangesAsync(10, Token)).Count);
        await Eventually.IsAsync(() => Volatile.Read(ref told) > 0, Token);
    }
}
