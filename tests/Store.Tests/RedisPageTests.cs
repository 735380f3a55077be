using System.Diagnostics;
using Rates.Testing;

namespace Rates.Store.Tests;

/// <summary>The commands of <c>docs/redis.md</c> print what the page says.</summary>
public sealed class RedisPageTests(RedisFixture redis) : IClassFixture<RedisFixture>
{

    [Fact]
    public async Task The_command_for_a_day_of_history_prints_its_text()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/brotli"), "brotli is not installed (Debian: apt-get install brotli)");
        var token = TestContext.Current.CancellationToken;
        await using var rig = redis.PatientRig();
        await rig.Store.UpsertHistoryAsync("ecb", [Sheets.Figure("EUR/USD", 1.1730m)], Sheets.FetchedAt, token);
        var page = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "redis.md"), token);
        var command = Assert.Single(page, line => line.StartsWith("redis-cli --raw HGET 'rates:history:", StringComparison.Ordinal))
            .Replace("rates:history:{ecb}:2026", rig.Keys.History("ecb", 2026), StringComparison.Ordinal)
            .Replace("redis-cli", $"redis-cli -p {redis.Server.Port}", StringComparison.Ordinal);

        var run = await ProgramRun.OfAsync(new ProcessStartInfo("bash", ["-c", command]), Eventually.Limit, token);

        Assert.Matches("^[0-9a-f]{8} 2026-08-20T14:15:03Z reference EUR/USD1[.]1730$", run.Output.Trim());
    }
}
