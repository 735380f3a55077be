using System.Text.Json;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Providers that operators declare while workers run.</summary>
public sealed class DeclaredProviderTests : IAsyncLifetime
{
    private const string Canary = "canary-of-the-acme-key";
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("rates-secrets-");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-declared-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T18:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;
    private readonly SourceStore _book;

    public DeclaredProviderTests()
    {
        _store = new TestStore(_time);
        _book = new SourceStore(_store.Documents);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_secrets.FullName, "acme"), Canary, Token);
        for (var back = 0; back < 90; back++)
        {
            _upstream["acme"].Serve(Answer(Day.AddDays(-back)), $"rates/{Day.AddDays(-back):yyyy-MM-dd}.json");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
        _secrets.Delete(recursive: true);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_declared_provider_is_fetched_scheduled_filled_and_retired_like_any_other()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();

        await DeclareAsync(Block());
        await Eventually.IsAsync(async () => await one.SheetAsync("acme") is not null, () => string.Join('\n', one.Log.Lines), Token);
        await Eventually.IsAsync(() => two.Get<ScheduleTable>().Fetched.ContainsKey("acme"), Token);
        var sheet = (await one.SheetAsync("acme"))!;
        var declared = (await _store.Calls.ReadProvidersAsync(Token))["acme"];
        var filled = await BackfillAsync(one);

        Assert.Equal((Day, 3), (sheet.AsOf, sheet.Observations.Count));
        Assert.Contains(sheet.Observations, figure => figure.ToString().Contains("EUR/USD 1.1412", StringComparison.Ordinal));
        Assert.Equal(("Acme Bank", true, "0 0 16 * * MON-FRI"), (declared.Profile.Name, declared.Profile.Enabled, declared.Schedule?.Cron));
        Assert.Single(_upstream.CallsOf("acme"), call => call.Path == "rates/2026-11-20.json");
        Assert.True(filled.State == CommandState.Done, filled.Message);
        Assert.Equal(
            8,
            (await _store.Calls.ReadHistoryAsync("acme", Day.AddDays(-60), Day.AddDays(-51), Token)).DistinctBy(row => row.AsOf).Count());

        await RetireAsync();
        await one.LoggedAsync("acme: no longer fetched by this worker");
        await two.LoggedAsync("acme: no longer fetched by this worker");
        await Eventually.IsAsync(
            async () => !(await _store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Enabled, () => "the profile is disabled", Token);
        Assert.Equal("retired by anna; its history stays", (await _store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Note);
        Assert.NotEmpty(await _store.Calls.ReadHistoryAsync("acme", Day.AddDays(-60), Day, Token));
        Assert.NotNull(await one.SheetAsync("acme"));

        await DeclareAsync(Block(name: "Acme Bank again"));
        await Eventually.IsAsync(
            async () => (await _store.Calls.ReadProvidersAsync(Token))["acme"].Profile is { Enabled: true, Name: "Acme Bank again" },
            () => "it is back", Token);
    }

    [Fact]
    public async Task A_declaration_is_in_force_after_a_restart_and_an_edit_of_it_changes_what_is_read()
    {
        await DeclareAsync(Block());
        await using (var first = await StartAsync())
        {
            await first.AlarmAsync("acme");
            Assert.NotNull(await first.SheetAsync("acme"));
        }

        await using var worker = await StartAsync();
        await DeclareAsync(Block(schedule: "0 30 9 ? * MON-FRI"));
        await Eventually.IsAsync(
            async () => (await _store.Calls.ReadAllAsync(Token)).GetValueOrDefault("acme")?.Cron == "0 30 9 ? * MON-FRI",
            () => "the schedule", Token);

        Assert.Equal("acme", worker.Get<ProviderTable>().Find("acme")!.Key);
    }

    [Fact]
    public async Task Odd_rows_and_doubted_figures_of_a_declared_provider_are_kept_aside_as_for_others()
    {
        await DeclareAsync(Block());
        await using var worker = await StartAsync();
        await worker.AlarmAsync("acme");
        Assert.NotNull(await worker.SheetAsync("acme"));
        var next = Day.AddDays(3);
        _upstream["acme"].Serve(Answer(Day.AddDays(1)), $"rates/{Day.AddDays(1):yyyy-MM-dd}.json");
        _upstream["acme"].Serve(Answer(Day.AddDays(2)), $"rates/{Day.AddDays(2):yyyy-MM-dd}.json");
        _upstream["acme"].Serve(
            Document.Of(
                $$"""
                {"day":"{{next:yyyy-MM-dd}}","rates":[{"code":"USD","mid":"2.2824"},{"code":"GBP","mid":"0.8712"},
                 {"code":"CHF","mid":"n/a"},{"code":"SEK","mid":"11.0815"},{"code":"NOK","mid":"11.6230"}]}
                """, "application/json"), $"rates/{next:yyyy-MM-dd}.json");
        _time.Advance(TimeSpan.FromDays(3));

        await PassUntilAsync(worker, async () => (await worker.HealthAsync("acme")).OddRows > 0);

        var odd = Assert.Single((await worker.HealthAsync("acme")).FirstOddRows!);
        Assert.Equal("rates/2026-11-23.json: row $.rates[2]", odd.Place);
        Assert.Equal("rate (@.mid): 'n/a' is not a number of the form Point", odd.Reason);
        Assert.NotEmpty(await _store.Calls.ReadQuarantineAsync("acme", Token));
        Assert.Equal(Day, (await worker.SheetAsync("acme"))!.Observations.Single(row => row.Pair.ToString() == "EUR/USD").AsOf);
    }

    [Fact]
    public async Task The_key_of_a_declared_provider_is_sent_and_stored_nowhere()
    {
        await DeclareAsync(Block(request: "rates/{date}.json?key={key}"));
        await using var worker = await StartAsync();
        Assert.Contains("needs a key", (await _store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Note, StringComparison.Ordinal);

        await _book.EditEndpointAsync("acme", null, new() { Key = new() { File = "acme" } }, "anna", Token);
        await Eventually.IsAsync(async () => await worker.SheetAsync("acme") is not null, () => string.Join('\n', worker.Log.Lines), Token);
        var tried = await TryAsync(worker, new() { Block = Json(Block(request: "rates/{date}.json?key={key}")), Key = "acme" });

        Assert.All(_upstream.CallsOf("acme"), call => Assert.EndsWith($"?key={Canary}", call.Path, StringComparison.Ordinal));
        Assert.Equal(2, _upstream.CallsOf("acme").Count);
        Assert.Equal((3, null), (tried.Count, tried.Failure));
        Assert.Equal(["rates/2026-11-20.json?key={key}"], tried.Requests);
        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, SourceText.Write(tried), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, StoredText(), StringComparison.Ordinal);
        Assert.Contains("acme", StoredText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_not_sent_to_a_host_that_only_operators_named()
    {
        await using var worker = await StartAsync();
        await DeclareAsync(Block(address: "https://rates.evil.example/", request: "rates/{date}.json?key={key}"));
        await worker.LoggedAsync("acme: declared by anna");

        await _book.EditEndpointAsync("acme", null, new() { Key = new() { File = "acme" } }, "anna", Token);
        await worker.LoggedAsync("may be sent no secret: allow its host rates.evil.example");

        Assert.False(worker.Get<ScheduleTable>().Fetched.ContainsKey("acme"));
    }

    [Fact]
    public async Task Files_of_a_folder_are_declared_changed_and_retired_and_a_broken_one_is_named()
    {
        await using var worker = await StartAsync(("Rates:Worker:DeclarationsFolder", _folder.FullName));
        var file = Path.Combine(_folder.FullName, "acme.json");

        await File.WriteAllTextAsync(file, Block(), Token);
        await PassUntilAsync(worker, async () => await worker.SheetAsync("acme") is not null);
        await File.WriteAllTextAsync(file, Block().Replace("$.rates[*]", "$.rates[", StringComparison.Ordinal), Token);
        await PassUntilAsync(worker, () => Task.FromResult(worker.Log.Lines.Any(line =>
            line.Contains("acme.json: not declared", StringComparison.Ordinal) && line.Contains("read.rows", StringComparison.Ordinal))));
        var still = worker.Get<ScheduleTable>().Fetched.ContainsKey("acme");
        await File.WriteAllTextAsync(file, Block(name: "Acme Bank of the file"), Token);
        await PassUntilAsync(
            worker, () => Task.FromResult(worker.Get<ProviderTable>().Find("acme")!.Block.Name == "Acme Bank of the file"));
        File.Delete(file);
        await PassUntilAsync(worker, () => Task.FromResult(!worker.Get<ScheduleTable>().Fetched.ContainsKey("acme")));
        var retired = (await _book.ReadDeclarationsAsync(Token))["acme"];
        await DeclareAsync(Block());
        await File.WriteAllTextAsync(file, Block(name: "not used"), Token);
        await PassUntilAsync(worker, () => Task.FromResult(worker.Log.Lines.Any(line =>
            line.Contains("acme.json: not used, since anna declared acme", StringComparison.Ordinal))));

        Assert.True(still);
        Assert.Equal((true, "acme.json"), (retired.Value!.Retired, retired.Value.File));
        Assert.Equal("Acme Bank", worker.Get<ProviderTable>().Find("acme")!.Block.Name);
    }

    [Fact]
    public async Task A_file_that_went_while_no_worker_ran_is_retired_at_the_start()
    {
        await _book.EditDeclarationAsync("acme", 0, new() { Block = Json(Block()), File = "acme.json" }, "file acme.json", Token);

        await using var worker = await StartAsync(("Rates:Worker:DeclarationsFolder", _folder.FullName));

        await PassUntilAsync(worker, async () => (await _book.ReadDeclarationsAsync(Token))["acme"].Value!.Retired);
    }

    [Theory]
    [InlineData("ecb", null, "key: 'ecb' is the key of a provider of this program, European Central Bank")]
    [InlineData("ACME!", null, "key: 'ACME!' is not 2 to 32 lower-case letters and digits")]
    [InlineData("acme", "http://bank.example/", "address: 'http://bank.example/' is not https on a public host")]
    [InlineData("acme", "https://intranet/", "address: 'https://intranet/' is not https on a public host")]
    [InlineData("acme", "https://bank.example:8443/", "address: 'https://bank.example:8443/' is not https on a public host")]
    [InlineData("acme", "https://user:pass@bank.example/", "address: must have no user, password, query or fragment")]
    public async Task What_may_not_be_declared_is_refused_by_name(string key, string? address, string why)
    {
        await using var worker = await StartAsync();
        var json = await worker.Get<QuestionAnswers>().AnswerAsync(
            new() { Kind = QuestionKind.Declaration, Provider = key, Asked = address is null ? Block() : Block(address: address) }, Token);

        Assert.Contains(why, string.Join("; ", SourceText.ReadDeclarationAnswer(json).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_declaration_is_in_one_answer()
    {
        await using var worker = await StartAsync();
        var json = await worker.Get<QuestionAnswers>().AnswerAsync(
            new()
            {
                Kind = QuestionKind.Declaration,
                Provider = "acme",
                Asked = """
                    {"name":"Acme","pivot":"EURO","address":"https://acme.example/","schedule":"0 0 16 * * MON-FRI",
                     "read":{"format":"json","requests":["r/{day}.json"],"rows":"$.rates[*]","currency":"@.code","rate":"mid",
                     "date":"$.day","dateFormat":"yyyy-mm","numbers":"comma","pick":"(?=x)"}}
                    """,
            }, Token);

        var problems = SourceText.ReadDeclarationAnswer(json).Problems.Select(problem => problem.Field).ToList();
        Assert.Equal(
            ["pivot", "read.pick", "read.requests", "read.direction", "read.dateFormat", "read.rate"], problems);
    }

    [Fact]
    public async Task A_trial_shows_the_figures_of_the_source_or_of_a_given_body_and_stores_nothing()
    {
        await using var worker = await StartAsync();

        var asked = await TryAsync(worker, new() { Block = Json(Block()) });
        var given = await TryAsync(worker, new()
        {
            Block = Json(Block()),
            Body = """{"day":"2026-11-19","rates":[{"code":"USD","mid":"1.15"},{"code":"XXQ","mid":"1"},{"code":"GBP","mid":"0,87"}]}""",
        });
        var wrong = await TryAsync(worker, new() { Block = Json(Block()), Body = """{"day":"2026-11-19","data":{"rates":[]}}""" });
        var page = await TryAsync(worker, new() { Block = Json(Block()), Body = "<html><body>Sorry</body></html>" });
        var missing = await TryAsync(worker, new() { Block = Json(Block()), Day = new DateOnly(2020, 1, 1) });

        Assert.Equal(3, asked.Count);
        Assert.Equal(["2026-11-19 EUR/USD 1.15"], given.Figures.Select(figure => $"{figure.AsOf:yyyy-MM-dd} {figure.Pair} {figure.Rate}"));
        Assert.Equal("row $.rates[2]", Assert.Single(given.OddRows).Place);
        Assert.Contains("EUR/XXQ", Assert.Single(given.Refused).Place, StringComparison.Ordinal);
        Assert.Equal("read.rows finds nothing: $ has no member 'rates': its members are day, data", wrong.Failure);
        Assert.Contains("'<' is an invalid start of a value", page.Failure, StringComparison.Ordinal);
        Assert.Equal("status 404", missing.Failure);
        Assert.Empty(await _book.ReadDeclarationsAsync(Token));
        Assert.Null(await worker.SheetAsync("trial"));
        Assert.DoesNotContain("trial", (await _store.Calls.ReadProvidersAsync(Token)).Keys);
    }

    private static Document Answer(DateOnly day) => Document.Of(
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? """{"none":true}"""
            : $$"""
              {"day":"{{day:yyyy-MM-dd}}",
               "rates":[{"code":"USD","mid":"1.1412"},{"code":"GBP","mid":"0.8712"},{"code":"CHF","mid":"0.9312"}]}
              """,
        "application/json");

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private string Block(
        string name = "Acme Bank", string? address = null, string schedule = "0 0 16 * * MON-FRI",
        string request = "rates/{date}.json") => $$"""
        {
          "name": "{{name}}", "country": "DE", "pivot": "EUR", "address": "{{address ?? _upstream.AddressOf("acme").AbsoluteUri}}",
          "schedule": "{{schedule}}", "calendar": { "at": "16:00", "zone": "UTC" }, "historyFrom": "2026-01-01",
          "read": {
            "format": "json", "requests": ["{{request}}"], "rows": "$.rates[*]", "currency": "@.code", "rate": "@.mid",
            "direction": "quote", "date": "$.day", "noData": "\"none\":true"
          }
        }
        """;

    private static async Task<DryRunAnswer> TryAsync(Bench worker, DryRun asked) => SourceText.ReadDryRunAnswer(
        await worker.Get<QuestionAnswers>().AnswerAsync(
            new() { Kind = QuestionKind.Try, Provider = "", Asked = SourceText.Write(asked) }, Token));

    private async Task DeclareAsync(string block)
    {
        var before = (await _book.ReadDeclarationsAsync(Token)).GetValueOrDefault("acme");
        Assert.NotNull(await _book.EditDeclarationAsync("acme", before?.Revision ?? 0, new() { Block = Json(block) }, "anna", Token));
    }

    private async Task RetireAsync()
    {
        var before = (await _book.ReadDeclarationsAsync(Token))["acme"];
        Assert.NotNull(
            await _book.EditDeclarationAsync("acme", before.Revision, before.Value! with { Retired = true }, "anna", Token));
    }

    private async Task<OperatorCommand> BackfillAsync(Bench worker)
    {
        var book = new CommandStore(_store.Documents);
        _time.Advance(TimeSpan.FromSeconds(5));
        var id = (await book.AskAsync(
            new()
            {
                Kind = CommandKind.Backfill,
                Provider = "acme",
                By = "anna",
                CreatedAt = _time.GetUtcNow(),
                From = Day.AddDays(-60),
                To = Day.AddDays(-51),
            }, Token))!;
        await PassUntilAsync(worker, async () => (await book.ReadAsync(Token))[id].Value.HasEnded);
        return (await book.ReadAsync(Token))[id].Value;
    }

    private static async Task PassUntilAsync(Bench worker, Func<Task<bool>> condition) => await Eventually.IsAsync(
        async () =>
        {
            await worker.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            return await condition();
        },
        () => string.Join('\n', worker.Log.Lines), Token);

    private async Task<Bench> StartAsync(params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Rates:Worker:SecretsFolder"] = _secrets.FullName,
            ["Rates:Worker:AllowedHosts"] = "127.0.0.1",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var worker = new Bench(_time, _upstream, [], settings, _store);
        await worker.StartAsync();
        return await worker.ReadyAsync();
    }

    private string StoredText() => string.Concat(
        Directory.EnumerateFiles(_store.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(StoredFiles.Content));
}
