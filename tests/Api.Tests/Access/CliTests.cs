using System.Security.Cryptography;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The command line against a running service: schedules, commands, refused sheets, keys, users and lists.</summary>
public sealed class CliTests : CliRig
{
    [Fact]
    public async Task A_schedule_is_shown_changed_paused_resumed_and_reset()
    {
        var shown = await DoneAsync("schedules", "get", "ecb");
        var preview = await DoneAsync("schedules", "preview", "ecb", "--cron", "30 9 * * MON-FRI", "--zone", "Asia/Kolkata");
        var before = (await Schedules.ReadAllAsync(Token))["ecb"];
        await DoneAsync("schedules", "set", "ecb", "--every", "00:15:00");
        var edited = (await Schedules.ReadAllAsync(Token))["ecb"];
        var paused = await DoneAsync("schedules", "pause", "ecb");
        var resumed = await DoneAsync("schedules", "resume", "ecb");
        var reset = await DoneAsync("schedules", "reset", "ecb");

        Assert.Contains("cron: 0 0/5 16-18 ? * MON-FRI", shown, StringComparison.Ordinal);
        Assert.Contains("2026-08-20 17:05:00 +02:00", shown, StringComparison.Ordinal);
        Assert.Contains(" 09:30:00 +05:30", preview, StringComparison.Ordinal);
        Assert.Equal("shipped", before.By);
        Assert.Equal((TimeSpan.FromMinutes(15), "root"), (edited.Every, edited.By));
        Assert.Contains("enabled: no", paused, StringComparison.Ordinal);
        Assert.Contains("enabled: yes", resumed, StringComparison.Ordinal);
        Assert.True((await Schedules.ReadAllAsync(Token))["ecb"].Reset);

        // No worker runs here.
        Assert.Contains("in force again as soon as a worker runs", reset, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_is_fetched_by_the_version_that_an_answer_prints()
    {
        var bytes = "<rates/>"u8.ToArray();
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        EvidenceBody body = new("https://www.example.org/daily.xml", Sample.Now, new Dictionary<string, string>(), digest, bytes.Length);
        await Api.Services.GetRequiredService<IEvidence>().WriteAsync(
            new("ecb", "1700000000000-a", 17, Sample.Now, Sample.Today, Sample.Today, Sample.Today, [body]),
            new Dictionary<string, ReadOnlyMemory<byte>> { [digest] = bytes }, Token);

        var said = await DoneAsync("evidence", "get", "ecb", "1700000000000-a:17", "--folder", Folder.FullName);
        var wrong = await RunAsync("evidence", "get", "ecb", "seventeen", "--folder", Folder.FullName);

        Assert.Contains($"SHA-256 {digest}", said, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(Folder.FullName, "ecb-17-0"), Token));
        Assert.Equal(1, wrong.Code);
        Assert.Contains("no evidence of this version is stored", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_followed_to_its_end()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var worker = WorkAsync(end.Token);

        var run = await DoneAsync("schedules", "run", "ecb");
        var backfill = await DoneAsync("backfill", "ecb", "--from", "2020-01-01", "--to", "2020-12-31");
        var failed = await RunAsync("schedules", "clear-hold", "boc");
        await end.CancelAsync();
        await worker;

        Assert.Contains("message: did Run", run, StringComparison.Ordinal);
        Assert.Contains("message: did Backfill", backfill, StringComparison.Ordinal);
        Assert.Equal(1, failed.Code);
        Assert.Contains("state: failed", failed.Output, StringComparison.Ordinal);
        var asked = (await Commands.ReadAsync(Token)).Values.Single(command => command.Value.Kind == CommandKind.Backfill).Value;
        Assert.Equal((new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31), "root"), (asked.From, asked.To, asked.By));
        Assert.Contains("backfill", await DoneAsync("commands"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_sheets_are_listed_shown_and_decided()
    {
        var refused = Sample.EcbSheet.Observations.Select(figure => figure with { Rate = figure.Rate * 2 }).ToList();
        await Api.Services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["EUR/USD: too far"], "", refused), Token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var worker = WorkAsync(end.Token);

        Assert.Contains("EUR/USD: too far", await DoneAsync("quarantine", "list"), StringComparison.Ordinal);
        var shown = await DoneAsync("quarantine", "show", "ecb", "17-4");
        await DoneAsync("quarantine", "release", "ecb", "17-4", "--reason", "a devaluation");
        await end.CancelAsync();
        await worker;

        Assert.Contains("2.3268", shown, StringComparison.Ordinal);
        Assert.Contains("1.1634", shown, StringComparison.Ordinal);
        Assert.Contains("release 17-4: a devaluation", await DoneAsync("audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_users_are_made_used_and_taken_away()
    {
        var made = await DoneAsync("keys", "create", "shop", "--role", "ops", "--providers", "ecb,boc", "--per-minute", "600");
        var (id, key) = (Value(made, "id"), Value(made, "key"));
        var byKey = await RunAsync(["me"], name => name == "RATES_KEY" ? key : Environment(name));
        Assert.Contains(id, await DoneAsync("keys", "list"), StringComparison.Ordinal);
        await DoneAsync("keys", "revoke", id);
        var revoked = await RunAsync(["me"], name => name == "RATES_KEY" ? key : Environment(name));

        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "anna"), "another long password", Token);
        await DoneAsync("users", "set", "anna", "--role", "read", "--new-password-file", Path.Combine(Folder.FullName, "anna"));
        Assert.Contains("anna", await DoneAsync("users", "list"), StringComparison.Ordinal);
        await DoneAsync("users", "delete", "anna");

        Assert.Equal((0, 4), (byKey.Code, revoked.Code));
        Assert.Contains($"name: key:{id}", byKey.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "list")]
    [InlineData("quarantine", "list")]
    [InlineData("webhooks", "list")]
    [InlineData("runs")]
    [InlineData("commands")]
    [InlineData("evidence", "list", "ecb")]
    public async Task An_empty_list_says_so_to_people_and_is_an_empty_list_to_programs(params string[] args)
    {
        Assert.Equal("none", (await DoneAsync(args)).Trim());
        Assert.Equal("[]", (await DoneAsync([.. args, "--json"])).Trim());
    }

    [Fact]
    public async Task Lists_are_tables_for_people_and_json_for_programs()
    {
        await Api.Services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);

        Assert.Contains("European Central Bank", await DoneAsync("providers"), StringComparison.Ordinal);
        Assert.Contains("worker-1", await DoneAsync("workers"), StringComparison.Ordinal);
        var json = JsonDocument.Parse(await DoneAsync("workers", "--json")).RootElement;
        Assert.Equal("worker-1", json[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(1, "cron: '0 0 25 * * ?' is not a cron expression", "schedules", "set", "ecb", "--cron", "0 0 25 * * ?")]
    [InlineData(1, "provider: 'nobody' is no known provider", "schedules", "get", "nobody")]
    [InlineData(5, "has the revision 1 now", "schedules", "set", "ecb", "--zone", "UTC", "--revision", "7")]
    [InlineData(2, "nothing is to change", "schedules", "set", "ecb")]
    [InlineData(2, "--from '2020-02-30' is not a day", "backfill", "ecb", "--from", "2020-02-30", "--to", "2020-03-01")]
    [InlineData(2, "--to", "backfill", "ecb", "--from", "2020-02-01")]
    [InlineData(2, "to '2020-02-30' is not a day", "replay", "ecb", "2020-02-01", "2020-02-30")]
    [InlineData(2, "boss", "keys", "create", "x", "--role", "boss")]
    [InlineData(2, "explode", "explode")]
    [InlineData(2, "--url 'nowhere' is not an address", "me", "--url", "nowhere")]
    [InlineData(3, "cannot be reached", "me", "--url", "http://127.0.0.1:9")]
    [InlineData(4, "is not right", "me", "--user", "nobody")]
    [InlineData(2, "cannot be read", "me", "--password-file", "/nowhere/at/all")]
    public async Task What_is_wrong_is_named_and_the_exit_code_says_of_which_kind(int code, string why, params string[] args)
    {
        var run = await RunAsync(args);

        Assert.True(run.Code == code, $"{run.Code}: {run.Output}{run.Error}");
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static string Value(string output, string name) =>
        output.Split('\n').Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..].Trim();
}
