using System.Text.Json;
using Rates.Cli;
using Rates.Store;
using Rates.Testing;
using Spectre.Console;

namespace Rates.Api.Tests;

/// <summary>The command line against a running service.</summary>
public sealed class CliTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-cli-");
    private KestrelApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISchedules Schedules => _api.Services.GetRequiredService<ISchedules>();

    private CommandStore Commands => _api.Services.GetRequiredService<CommandStore>();

    private string PasswordFile => Path.Combine(_folder.FullName, "password");

    public async ValueTask InitializeAsync()
    {
        _api = await KestrelApi.StartAsync(Sample.Store());
        var directory = _api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await _api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        await File.WriteAllTextAsync(PasswordFile, Password + "\n", Token);
        await Schedules.FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

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
        await DoneAsync("schedules", "reset", "ecb");

        Assert.Contains("cron: 0 0/5 16-18 ? * MON-FRI", shown, StringComparison.Ordinal);
        Assert.Contains("2026-08-20T17:05:00+02:00", shown, StringComparison.Ordinal);
        Assert.Contains("T09:30:00+05:30", preview, StringComparison.Ordinal);
        Assert.Equal("shipped", before.By);
        Assert.Equal((TimeSpan.FromMinutes(15), "root"), (edited.Every, edited.By));
        Assert.Contains("enabled: no", paused, StringComparison.Ordinal);
        Assert.Contains("enabled: yes", resumed, StringComparison.Ordinal);
        Assert.True((await Schedules.ReadAllAsync(Token))["ecb"].Reset);
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
    public async Task A_replay_is_shown_and_then_stored()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var worker = WorkAsync(end.Token);

        var shown = await DoneAsync("replay", "ecb", "2026-08-01", "2026-08-19");
        var askedFirst = (await Commands.ReadAsync(Token)).Values.Single().Value;
        var stored = await DoneAsync("replay", "ecb", "2026-08-01", "--store");
        var json = JsonDocument.Parse(await DoneAsync("replay", "ecb", "--json")).RootElement;
        var failed = await RunAsync("replay", "boc");
        await end.CancelAsync();
        await worker;

        Assert.Equal((new DateOnly(2026, 8, 1), new DateOnly(2026, 8, 19), null), (askedFirst.From, askedFirst.To, askedFirst.Shown));
        Assert.Contains("1 figure differs", shown, StringComparison.Ordinal);
        Assert.Matches(@"2026-08-20\s+EUR/USD\s+reference\s+1.6\s+1.1634", shown);
        Assert.DoesNotContain("stored:", shown, StringComparison.Ordinal);
        Assert.Contains("1 figure differs", stored, StringComparison.Ordinal);
        Assert.Contains("stored: 1 day changed", stored, StringComparison.Ordinal);
        Assert.Equal(1.1634m, json.GetProperty("changes")[0].GetProperty("read").GetDecimal());
        Assert.Equal(1, failed.Code);
        Assert.Contains("did Replay", failed.Error, StringComparison.Ordinal);
        var store = Assert.Single((await Commands.ReadAsync(Token)).Values, command => command.Value.Shown is not null).Value;
        Assert.Equal(new DateOnly(2026, 8, 1), (await Commands.ReadAsync(Token))[store.Shown!].Value.From);
    }

    [Fact]
    public async Task Refused_sheets_are_listed_shown_and_decided()
    {
        var refused = Sample.EcbSheet.Observations.Select(figure => figure with { Rate = figure.Rate * 2 }).ToList();
        await _api.Services.GetRequiredService<IQuarantine>().QuarantineAsync(
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
    public async Task An_endpoint_is_shown_checked_changed_and_reset()
    {
        await using var worker = AnsweringWorker.OfEndpoints(_api.Services);
        var book = _api.Services.GetRequiredService<SourceStore>();

        var shown = await DoneAsync("endpoints", "get", "ecb");
        await DoneAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--preview");
        var previewed = await book.ReadEndpointsAsync(Token);
        await DoneAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--header", "X-Trace=rates");
        await DoneAsync(
            "endpoints", "set", "ecb", "--header-file", "X-Pass=pass", "--header-variable", "X-Other=RATES_SECRET_OTHER",
            "--secret-file", "ecb");
        var stored = (await book.ReadEndpointsAsync(Token))["ecb"].Value!;
        var listed = await DoneAsync("endpoints", "list");
        var stale = await RunAsync("endpoints", "set", "ecb", "--address", "https://gw.example/", "--revision", "1");
        var wrong = await RunAsync("endpoints", "set", "ecb", "--header", "no-value-sign");
        await DoneAsync("endpoints", "reset", "ecb");

        Assert.Contains("address: https://www.ecb.europa.eu/", shown, StringComparison.Ordinal);
        Assert.Empty(previewed);
        Assert.Equal(
            "address https://gw.example/; header X-Trace; header X-Pass from file pass; header X-Other from variable RATES_SECRET_OTHER; "
            + "key from file ecb", stored.Summary());
        Assert.Contains("https://gw.example/", listed, StringComparison.Ordinal);
        Assert.Equal((5, 2), (stale.Code, wrong.Code));
        Assert.Empty(await book.ReadEndpointsAsync(Token));
    }

    [Fact]
    public async Task A_provider_is_tried_declared_shown_and_retired()
    {
        await using var worker = AnsweringWorker.OfDeclarations(_api.Services);
        var (block, body, evil) = (FileOf("block.json"), FileOf("body.json"), FileOf("evil.json"));
        await File.WriteAllTextAsync(block, """{"name":"Acme Bank","read":{"format":"json"}}""", Token);
        await File.WriteAllTextAsync(body, "Sorry", Token);
        await File.WriteAllTextAsync(evil, """{"name":"evil"}""", Token);

        var tried = await DoneAsync("providers", "try", block, "--day", "2026-08-20");
        await DoneAsync("providers", "try", block, "--body", body, "--content-type", "text/html");
        var wrong = await RunAsync("providers", "declare", "acme", evil);
        var declared = await DoneAsync("providers", "declare", "acme", block);
        var stale = await RunAsync("providers", "declare", "acme", block, "--revision", "0");
        var shown = await DoneAsync("providers", "show", "acme");
        await DoneAsync("providers", "retire", "acme");
        var list = await DoneAsync("providers", "declared");
        var none = await RunAsync("providers", "try", FileOf("nowhere.json"));

        Assert.Contains("EUR/GBP", tried, StringComparison.Ordinal);
        Assert.Contains("row $.rates[2]", tried, StringComparison.Ordinal);
        var given = SourceText.ReadDryRun(worker.Asked.Last(question => question.Kind == QuestionKind.Try).Asked);
        Assert.Equal(("U29ycnk=", "text/html"), (given.Base64, given.ContentType));
        Assert.Equal((1, 5, 2), (wrong.Code, stale.Code, none.Code));
        Assert.Contains("address: 'https://evil.example/' is not allowed; read.rows: is missing", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("name: Acme Bank", declared, StringComparison.Ordinal);
        Assert.Contains("format", shown, StringComparison.Ordinal);
        Assert.Contains("yes", list, StringComparison.Ordinal);
        Assert.Contains("European Central Bank", await DoneAsync("providers"), StringComparison.Ordinal);

        string FileOf(string name) => Path.Combine(_folder.FullName, name);
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

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "anna"), "another long password", Token);
        await DoneAsync("users", "set", "anna", "--role", "read", "--new-password-file", Path.Combine(_folder.FullName, "anna"));
        Assert.Contains("anna", await DoneAsync("users", "list"), StringComparison.Ordinal);
        await DoneAsync("users", "delete", "anna");

        Assert.Equal((0, 4), (byKey.Code, revoked.Code));
        Assert.Contains($"name: key:{id}", byKey.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_tables_for_people_and_json_for_programs()
    {
        await _api.Services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);

        Assert.Contains("European Central Bank", await DoneAsync("providers"), StringComparison.Ordinal);
        Assert.Contains("worker-1", await DoneAsync("workers"), StringComparison.Ordinal);
        Assert.Contains("outcome", await DoneAsync("runs", "--provider", "ecb"), StringComparison.Ordinal);
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

    private async Task<string> DoneAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.True(run.Code == 0, $"{run.Code}: {run.Output}{run.Error}");
        return run.Output;
    }

    private Task<ProgramRun> RunAsync(params string[] args) => RunAsync(args, Environment);

    private static async Task<ProgramRun> RunAsync(string[] args, Func<string, string?> environment)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output)
        });
        var code = await RatesCommand.RunAsync(args, console, error, environment);
        return new(code, output.ToString(), error.ToString());
    }

    private string? Environment(string name) => name switch
    {
        "RATES_URL" => _api.Address.AbsoluteUri,
        "RATES_USER" => "root",
        "RATES_PASSWORD_FILE" => PasswordFile,
        _ => null,
    };

    /// <summary>Stands for a worker: does every command, but for those about Canada.</summary>
    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var (id, command) in await Commands.ReadAsync(Token))
            {
                if (!command.Value.HasEnded)
                {
                    var state = command.Value.Provider == "boc" ? CommandState.Failed : CommandState.Done;
                    if (command.Value is { Kind: CommandKind.Replay, Provider: "ecb" })
                    {
                        await _api.Services.GetRequiredService<IEvidence>().WriteReplayAsync(
                            "ecb", id,
                            new(1, [new(17, Sample.EcbSheet.Observations[2], 1.6m)], [], command.Value.Shown is null ? 0 : 1), Token);
                    }

                    await Commands.UpdateAsync(
                        id, command.Revision, command.Value with { State = state, Worker = "test", Message = $"did {command.Value.Kind}" },
                        Token);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }
    }

    private static string Value(string output, string name) =>
        output.Split('\n').Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..].Trim();
}
