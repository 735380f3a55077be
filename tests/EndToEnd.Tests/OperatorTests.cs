using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>What operators do, on real processes.</summary>
public sealed partial class OperatorTests(ITestOutputHelper output)
{
    private const string Password = "correct horse battery";
    private const string Rates = "<Cube currency='USD' rate='1.1412'/><Cube currency='GBP' rate='0.8712'/>";
    private static readonly DateOnly Day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_fetches_fills_pauses_and_edits_on_a_standalone()
    {
        await using var upstream = UpstreamServer.Start();
        Publish(upstream);
        var settings = Settings.At(upstream, "ecb");

        // The first fetch follows the start at once: the command is not to wait for a minute.
        settings["Rates__Providers__ecb__LeastGap"] = "00:00:01";
        await using var standalone = RatesProcess.Start("Standalone", settings);
        using var client = await standalone.ClientAsync();
        await Eventually.IsAsync(
            () => Task.FromResult(PasswordPath().IsMatch(standalone.Output)), () => $"the password's file is named\n{standalone.Output}",
            Token);
        await standalone.SaysAsync("a missed slot is fetched within");
        string[] access = ["--url", client.BaseAddress!.AbsoluteUri, "--user", "admin", "--password-file",
            PasswordPath().Match(standalone.Output).Groups["path"].Value];

        await Eventually.IsAsync(async () => (await RatesAsync("schedules", "run", "ecb")).Code == 0, () => standalone.Output, Token);
        var filled = await RatesAsync(
            "backfill", "ecb", "--from", $"{Day.AddDays(-60):yyyy-MM-dd}", "--to", $"{Day.AddDays(-50):yyyy-MM-dd}");
        var paused = await RatesAsync("schedules", "pause", "ecb");
        var wrong = await RatesAsync("schedules", "set", "ecb", "--cron", "0 0 25 * * ?");
        var edited = await RatesAsync("schedules", "set", "ecb", "--cron", "0 0 9 * * ?", "--zone", "UTC");
        await standalone.SaysAsync("no longer fetched (disabled by admin)");
        var audit = await RatesAsync("audit", "--json");

        Assert.True(filled.Code == 0, filled.Output + filled.Error);
        Assert.Contains("days changed", filled.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (paused.Code, wrong.Code, edited.Code));
        Assert.Contains("Hours: Value must be a number between 0 and 23", wrong.Error, StringComparison.Ordinal);
        var entries = JsonDocument.Parse(audit.Output).RootElement.EnumerateArray().Select(entry =>
            $"{entry.GetProperty("what")} {entry.GetProperty("by")}").ToList();
        Assert.Contains("schedule admin", entries);
        Assert.Contains("command admin", entries);

        Task<ProgramRun> RatesAsync(params string[] args) => ProgramRun.OfAsync(
            new ProcessStartInfo("dotnet", [RatesProcess.FileOf("Cli"), .. args, .. access]), TimeSpan.FromMinutes(2), Token);
    }

    [Fact]
    public async Task A_hundred_edits_are_in_force_on_three_workers_within_a_second_and_after_a_restart()
    {
        Need.Redis();
        const int Edits = 100;
        await using var upstream = UpstreamServer.Start();
        Publish(upstream);
        await using var redis = await RedisServer.StartAsync(Token);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Password, Token);
        var settings = Settings.At(upstream, "ecb");
        settings["Rates__Redis"] = redis.Address;
        settings["Rates__Access__AdminPasswordFile"] = file;
        RatesProcess[] workers = [RatesProcess.Start("Worker", settings), RatesProcess.Start("Worker", settings),
            RatesProcess.Start("Worker", settings)];
        await using var api = RatesProcess.Start("Api", settings);
        using var client = await api.ClientAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        foreach (var worker in workers)
        {
            await worker.SaysAsync("a missed slot is fetched within");
        }

        await Eventually.IsAsync(
            async () => (await client.GetAsync("/v1/ops/schedules/ecb", Token)).StatusCode == HttpStatusCode.OK, () => api.Output, Token);
        List<TimeSpan> delays = [];
        for (var edit = 0; edit < Edits; edit++)
        {
            var cron = $"{edit % 60} {edit / 60} 3 * * ?";
            using var request = new HttpRequestMessage(HttpMethod.Put,
                "/v1/ops/schedules/ecb")
            { Content = JsonContent.Create(new { cron, zone = "UTC" }) };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            var mark = TimeProvider.System.GetTimestamp();
            using var response = await client.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Task.WhenAll(workers.Select(worker => worker.SaysAsync($"fetched at '{cron}' UTC")));
            delays.Add(TimeProvider.System.GetElapsedTime(mark));
        }

        delays.Sort();
        var (half, most, all) = (delays[Edits / 2], delays[Edits - 2], delays[^1]);
        output.WriteLine(
            $"{Edits} edits on three workers: half within {half.TotalMilliseconds:0} ms, 99 of 100 within {most.TotalMilliseconds:0} ms, "
            + $"all within {all.TotalMilliseconds:0} ms");
        Assert.True(delays[Edits - 2] < TimeSpan.FromSeconds(1), $"{delays[Edits - 2]}");
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        await using var after = RatesProcess.Start("Worker", settings);
        await after.SaysAsync("fetched at '39 1 3 * * ?' UTC");
        File.Delete(file);
    }

    private static void Publish(UpstreamServer upstream)
    {
        upstream["ecb"].Serve(Document.Of(Text([Day])));
        upstream["ecb"].Serve(Document.Of(Text(Enumerable.Range(0, 85).Select(back => Day.AddDays(-back)))), "eurofxref-hist-90d.xml");
    }

    private static string Text(IEnumerable<DateOnly> days) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <Cube>
        {string.Concat(days.Select(day => $"<Cube time='{day:yyyy-MM-dd}'>{Rates}</Cube>"))}
        </Cube></gesmes:Envelope>
        """;

    [GeneratedRegex(@"generated password, which is in (?<path>[^\s:]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PasswordPath();
}
