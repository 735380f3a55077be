using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rates.Testing;
using Rates.Upstream;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>A primary, two replicas and three sentinels: the primary dies while workers publish.</summary>
public sealed class SentinelTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Service = "rates";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-sentinel-");
    private readonly List<Process> _sentinels = [];
    private readonly List<int> _ports = [];
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly List<RedisServer> _servers = [];
    private int _rate = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Need.Redis();
        var primary = await RedisServer.StartAsync(Token);
        _servers.Add(primary);
        for (var replica = 0; replica < 2; replica++)
        {
            _servers.Add(await RedisServer.StartAsync(Token, "--replicaof", "127.0.0.1", $"{primary.Port}"));
        }

        for (var sentinel = 0; sentinel < 3; sentinel++)
        {
            _ports.Add(RedisServer.FreePort());
            var file = Path.Combine(_folder.FullName, $"sentinel-{sentinel}.conf");
            await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
                port {_ports[sentinel]}
                bind 127.0.0.1
                dir {_folder.FullName}
                sentinel monitor {Service} 127.0.0.1 {primary.Port} 2
                sentinel down-after-milliseconds {Service} 1000
                sentinel failover-timeout {Service} 5000

                """), Token);
            _sentinels.Add(Process.Start(new ProcessStartInfo("redis-server", [file, "--sentinel"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sentinel in _sentinels)
        {
            sentinel.Kill();
            await sentinel.WaitForExitAsync(CancellationToken.None);
            sentinel.Dispose();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _upstream.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_failover_while_workers_publish_takes_no_api_back_and_publishing_goes_on()
    {
        await KnownAsync();
        Publish();
        var settings = Settings.At(_upstream, "ecb");
        settings["Rates__Redis"] = $"{string.Join(',', _ports.Select(port => $"127.0.0.1:{port}"))},serviceName={Service}";
        await using var one = RatesProcess.Start("Worker", settings);
        await using var two = RatesProcess.Start("Worker", settings);
        await using var first = RatesProcess.Start("Api", settings);
        await using var second = RatesProcess.Start("Api", settings);
        Witness[] witnesses = [new(await first.ClientAsync()), new(await second.ClientAsync())];
        await Eventually.IsAsync(async () => (await Hand(0)).HashExists("{rates}:schedule", "ecb"), () => one.Output, Token);
        await (await Hand(0)).HashSetAsync(
            "{rates}:schedule", "ecb", """{"cron":"* * * * * ?","zone":"UTC","minimumGap":"00:00:00.5"}""");
        using var stop = new CancellationTokenSource();
        var publishing = PublishingAsync(stop.Token);
        await NewerAsync(witnesses, () => one.Output + two.Output + first.Output);

        await _servers[0].KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        await PromotedAsync();
        output.WriteLine($"another primary after {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s");
        await NewerAsync(witnesses, () => one.Output + two.Output + first.Output);
        output.WriteLine($"newer rates at both apis after {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s");

        // The old primary comes back with what it had, and becomes a replica.
        await _servers[0].StartAgainAsync(Token);
        await NewerAsync(witnesses, () => one.Output + two.Output + first.Output);
        await stop.CancelAsync();
        await publishing;
        foreach (var witness in witnesses)
        {
            output.WriteLine($"{witness.Answers} answers, versions went back {witness.Backwards} times, rates {witness.RatesBack}, "
                + $"{witness.Failures} failed");
            Assert.Equal((0, 0), (witness.Backwards, witness.Failures));
            witness.Dispose();
        }
    }

    private async Task<IDatabase> Hand(int server) =>
        (await ConnectionMultiplexer.ConnectAsync($"{_servers[server].Address},abortConnect=false")).GetDatabase();

    // Each sentinel knows both replicas and the two others.
    private Task KnownAsync() => Eventually.IsAsync(
        async () =>
        {
            foreach (var port in _ports)
            {
                var info = await InfoAsync(port);
                if (!info.Contains("slaves=2", StringComparison.Ordinal) || !info.Contains("sentinels=3", StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        },
        () => "the sentinels know everybody", Token);

    private Task PromotedAsync() => Eventually.IsAsync(
        async () => (await InfoAsync(_ports[0])) is var info && info.Contains("status=ok", StringComparison.Ordinal)
            && !info.Contains($"address=127.0.0.1:{_servers[0].Port}", StringComparison.Ordinal),
        () => "another primary", Token);

    private static async Task<string> InfoAsync(int sentinel)
    {
        var run = await ProgramRun.OfAsync(
            new ProcessStartInfo("redis-cli", ["-p", $"{sentinel}", "INFO", "sentinel"]), Eventually.Limit, Token);
        return run.Output;
    }

    private void Publish() => _upstream["ecb"].Serve(EcbDocument.Of(Interlocked.Increment(ref _rate) / 10_000m));

    private async Task PublishingAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Publish();
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }
    }

    // Every api answers a rate that was not published before this began.
    private async Task NewerAsync(Witness[] witnesses, Func<string> told)
    {
        var from = Volatile.Read(ref _rate) / 10_000m;
        await Eventually.IsAsync(
            async () => (await Task.WhenAll(witnesses.Select(witness => witness.LookAsync()))).All(rate => rate > from),
            () => $"more than {from}; {string.Join(", ", witnesses.Select(witness => witness.Last))}\n{told()}", Token);
    }

    /// <summary>Reads one api again and again, and counts what must not happen.</summary>
    private sealed class Witness(HttpClient client) : IDisposable
    {
        private long _version;

        public int Answers { get; private set; }

        public int RatesBack { get; private set; }

        public int Backwards { get; private set; }

        public int Failures { get; private set; }

        public decimal Last { get; private set; }

        public async Task<decimal> LookAsync()
        {
            using var answer = await client.GetAsync("/v1/rates/EUR/USD?providers=ecb", Token);
            if (!answer.IsSuccessStatusCode)
            {
                // Before the first rate there is none to answer.
                Failures += Last > 0 ? 1 : 0;
                return Last;
            }

            Answers++;
            var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Token));
            if (body.GetProperty("providers")[0] is var one && one.TryGetProperty("rate", out var rate))
            {
                var version = long.Parse(one.GetProperty("version").GetString()!.Split(':')[^1], CultureInfo.InvariantCulture);
                Backwards += version < _version ? 1 : 0;

                // A primary that dies takes along what it had not copied yet, claims too. A worker that was held up meanwhile may then
                // publish an earlier rate under a later version; the next fetch replaces it.
                RatesBack += rate.GetDecimal() < Last ? 1 : 0;
                (_version, Last) = (version, rate.GetDecimal());
            }

            return Last;
        }

        public void Dispose() => client.Dispose();
    }
}
