using System.Diagnostics;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>What the shared store does when its server misbehaves.</summary>
public sealed class RedisFaultTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const string Ecb = "ecb";
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(1), TimeSpan.Zero, 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_forgotten_script_is_sent_again_unnoticed()
    {
        await using var rig = redis.PatientRig();
        await PublishAsync(rig.Store, 1.1m);
        await rig.Hand.ExecuteAsync("SCRIPT", "FLUSH");

        await PublishAsync(rig.Store, 1.2m);

        await rig.Hand.ExecuteAsync("SCRIPT", "FLUSH");
        await rig.Store.BeatAsync("worker-1", Token);
        Assert.Equal(1, await rig.Store.UpsertHistoryAsync(Ecb, [Sheets.Figure("EUR/USD", 1.2m)], Now, Token));
    }

    // The client hands its pipe's InvalidOperationException to commands that wait while it tears a connection down.
    [Fact]
    public async Task Whatever_a_broken_connection_throws_is_an_unavailable_store()
    {
        await using var link = new RedisConnection(
            RedisConfiguration.Read(new() { Redis = redis.Server.Address }), redis.Server.Address, "test", TimeSpan.FromSeconds(30),
            TimeProvider.System);
        foreach (var thrown in new Exception[]
        {
            new InvalidOperationException(
                "Reading is not allowed after reader was completed."), new IOException("reset"), new ObjectDisposedException("socket"),
            new RedisConnectionException(ConnectionFailureType.SocketClosed, CommandFlags.None, "a page of counters"),
            new RedisServerException(RedisErrorKind.OutOfMemory, CommandFlags.None, "OOM"), new TaskCanceledException(),
        })
        {
            var told = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => link.AskAsync<int>(_ => Task.FromException<int>(thrown), Token));

            Assert.Same(thrown, told.InnerException);
            Assert.StartsWith(redis.Server.Address, told.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("counters", told.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<NotSupportedException>(
            () => link.AskAsync<int>(_ => throw new NotSupportedException("a fault of ours"), Token));
    }

    [Fact]
    public async Task Every_acknowledged_sheet_is_there_after_the_server_was_killed_and_nobody_reconnects_by_hand()
    {
        await using var rig = redis.PatientRig();
        for (var round = 1; round <= 5; round++)
        {
            var first = round * 1000;
            var acknowledged = 0;
            await StoreRetry.AskAsync(async () =>
            {
                await PublishAsync(rig.Store, first);
                return true;
            });
            var publishing = Task.Run(
                async () =>
                {
                    for (var rate = first + 1; ; rate++)
                    {
                        await PublishAsync(rig.Store, rate);
                        Volatile.Write(ref acknowledged, rate);
                    }
                },
                Token);
            while (Volatile.Read(ref acknowledged) < first + 5 * round)
            {
                if (publishing.IsCompleted)
                {
                    await publishing;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
            }

            await redis.Server.KillAsync();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => publishing);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => rig.Store.ReadIndexAsync(Token));
            await redis.Server.StartAgainAsync(Token);

            var sheet = await StoreRetry.AskAsync(() => rig.Store.ReadSheetAsync(Ecb, Token));
            // One more may have been stored whose acknowledgement was lost.
            Assert.InRange(sheet!.Observations[0].Rate, acknowledged, acknowledged + 1);
        }
    }

    [Fact]
    public async Task A_stopped_server_is_reported_in_seconds_with_its_address_and_used_again_when_it_goes_on()
    {
        await using var rig = redis.Rig();
        await StoreRetry.AskAsync(async () =>
        {
            await PublishAsync(rig.Store, 1.1m);
            return true;
        });
        await StoreRetry.AskAsync(() => rig.Store.ReadIndexAsync(Token));

        // The server stays stopped until all have answered: whatever comes back comes of a deadline.
        await redis.Server.StopAsync();
        try
        {
            await InSeconds(() => rig.Store.ReadIndexAsync(Token));
            await InSeconds(() => rig.Store.ClaimAsync(Ecb, Now, Terms, Token));
            await InSeconds(() => rig.Another().ReadIndexAsync(Token));
        }
        finally
        {
            await redis.Server.ContinueAsync();
        }

        Assert.NotNull(await StoreRetry.AskAsync(() => rig.Store.ReadSheetAsync(Ecb, Token)));

        async Task InSeconds(Func<Task> ask)
        {
            var watch = Stopwatch.StartNew();
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(ask);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"it took {watch.Elapsed}");
            Assert.Contains(redis.Server.Address, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_store_that_lost_its_keys_gets_its_id_back_from_a_worker_that_knows_it()
    {
        await using var rig = redis.PatientRig();
        await rig.Store.BeatAsync("worker-1", Token);
        var id = (await rig.Store.ReadIndexAsync(Token)).StoreId;

        await rig.WipeAsync();
        await rig.Store.BeatAsync("worker-1", Token);

        Assert.Equal(id, (await rig.Store.ReadIndexAsync(Token)).StoreId);
    }

    [Fact]
    public async Task A_key_of_a_wrong_type_is_reported_and_nothing_is_written()
    {
        await using var rig = redis.PatientRig();
        await PublishAsync(rig.Store, 1.1m);
        var before = await rig.SheetTextAsync(Ecb);
        await rig.Hand.KeyDeleteAsync(rig.Keys.Index);
        await rig.Hand.ListLeftPushAsync(rig.Keys.Index, "poison");
        await rig.Hand.ListLeftPushAsync(rig.Keys.Sheet("nbp"), "poison");

        var publish = await Assert.ThrowsAsync<CorruptSheetException>(() => PublishAsync(rig.Store, 1.2m));
        var read = await Assert.ThrowsAsync<CorruptSheetException>(() => rig.Store.ReadSheetAsync("nbp", Token));

        Assert.Contains(rig.Keys.Index + " holds a list, not a hash", publish.Message, StringComparison.Ordinal);
        Assert.Equal("nbp", read.Provider);
        Assert.Equal(before, await rig.SheetTextAsync(Ecb));
        Assert.Equal("1.1", (await rig.LatestAsync(Ecb))["EUR/USD"]);
    }

    [Fact]
    public async Task Junk_in_the_index_hides_no_other_provider()
    {
        await using var rig = redis.PatientRig();
        await PublishAsync(rig.Store, 1.1m);
        await rig.Hand.HashSetAsync(
            rig.Keys.Index,
            [new("nbp", "junk"), new("x|y", "e|1|2026-08-20"), new("boc", "e|-1|2026-08-20"), new("rba", "e|1|2026-13-01")]);
        await rig.Hand.HashSetAsync(rig.Keys.Providers, "nbp", "{");

        Assert.Equal([Ecb], (await rig.Store.ReadIndexAsync(Token)).Sheets.Keys);
        Assert.Empty(await rig.Store.ReadProvidersAsync(Token));
    }

    [Fact]
    public async Task Memory_that_ran_out_fails_the_publish_and_leaves_what_is_served()
    {
        await using var rig = redis.PatientRig();
        await PublishAsync(rig.Store, 1.1m);
        var claim = await rig.Store.ClaimAsync(Ecb, Now, Terms, Token);
        await rig.Hand.ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        try
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => rig.Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token));

            Assert.Contains("OOM", failure.Message, StringComparison.Ordinal);
            Assert.Equal(1.1m, (await rig.Store.ReadSheetAsync(Ecb, Token))!.Observations[0].Rate);
        }
        finally
        {
            await rig.Hand.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        }

        Assert.True((await rig.Store.PublishAsync(claim, Sheets.Of(Ecb), FetchValidators.None, Token)).Accepted);
    }

    [Fact]
    public async Task A_server_that_may_lose_rates_is_named_with_what_to_change()
    {
        await using var rig = redis.PatientRig();
        await rig.Hand.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        await rig.Hand.ExecuteAsync("CONFIG", "SET", "appendonly", "no");
        try
        {
            var findings = await rig.Store.CheckAsync(Token);

            Assert.Equal(2, findings.Count);
            Assert.All(findings, finding => Assert.Contains(redis.Server.Address, finding, StringComparison.Ordinal));
            Assert.Contains("maxmemory-policy is allkeys-lru, and should be noeviction", findings[0], StringComparison.Ordinal);
            Assert.Contains("appendonly is no, and should be yes", findings[1], StringComparison.Ordinal);
        }
        finally
        {
            await rig.Hand.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
            await rig.Hand.ExecuteAsync("CONFIG", "SET", "appendonly", "yes");

            // Until its log is written anew the server would forget in a crash what it acknowledges.
            while ($"{await rig.Hand.ExecuteAsync("INFO", "persistence")}".Contains("aof_rewrite_in_progress:1", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            }
        }
    }

    private static async Task PublishAsync(IRateStore store, decimal rate)
    {
        // Within one millisecond the slot is the last one; after a kill the last claim may still be held.
        var claim = await store.ClaimAsync(Ecb, Now, Terms, Token);
        while (claim.Verdict is ClaimVerdict.Done or ClaimVerdict.Busy)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
            claim = await store.ClaimAsync(Ecb, Now, Terms, Token);
        }

        var result = await store.PublishAsync(claim, Sheets.Of(Ecb, Sheets.Figure("EUR/USD", rate)), FetchValidators.None, Token);
        Assert.True(result.Accepted, $"{claim}");
    }
}
