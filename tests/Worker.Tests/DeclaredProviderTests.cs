using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Providers that operators declare while workers run.</summary>
public sealed class DeclaredProviderTests : DeclarationRig
{
    [Fact]
    public async Task A_declared_provider_is_fetched_scheduled_filled_and_retired_like_any_other()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();

        await DeclareAsync(Block());
        await Eventually.IsAsync(async () => await one.SheetAsync("acme") is not null, () => string.Join('\n', one.Log.Lines), Token);
        await Eventually.IsAsync(() => two.Get<ScheduleTable>().Fetched.ContainsKey("acme"), Token);
        var sheet = (await one.SheetAsync("acme"))!;
        var declared = (await Store.Calls.ReadProvidersAsync(Token))["acme"];
        var filled = await BackfillAsync(one);

        Assert.Equal((Day, 3), (sheet.AsOf, sheet.Observations.Count));
        Assert.Contains(sheet.Observations, figure => figure.ToString().Contains("EUR/USD 1.1412", StringComparison.Ordinal));
        Assert.Equal(("Acme Bank", true, "0 0 16 * * MON-FRI"), (declared.Profile.Name, declared.Profile.Enabled, declared.Schedule?.Cron));
        Assert.Single(Upstream.CallsOf("acme"), call => call.Path == "rates/2026-11-20.json");
        Assert.True(filled.State == CommandState.Done, filled.Message);
        Assert.Equal(
            8,
            (await Store.Calls.ReadHistoryAsync("acme", Day.AddDays(-60), Day.AddDays(-51), Token)).DistinctBy(row => row.AsOf).Count());

        await RetireAsync();
        await one.LoggedAsync("acme: no longer fetched by this worker");
        await two.LoggedAsync("acme: no longer fetched by this worker");
        await Eventually.IsAsync(
            async () => !(await Store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Enabled, () => "the profile is disabled", Token);
        Assert.Equal("retired by anna; its history stays", (await Store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Note);
        Assert.NotEmpty(await Store.Calls.ReadHistoryAsync("acme", Day.AddDays(-60), Day, Token));
        Assert.NotNull(await one.SheetAsync("acme"));
        var retired = (await Store.Calls.ReadProvidersAsync(Token))["acme"].Profile;
        Assert.Equal(StalenessStatus.Retired, Staleness.Of(sheet.AsOf, retired, Time.GetUtcNow()));
        Assert.NotNull(WitnessRule.WhyNotByDefault(retired, LocalTime.Day(Time.GetUtcNow(), retired.Calendar.Zone)));

        await DeclareAsync(Block(name: "Acme Bank again"));
        await Eventually.IsAsync(
            async () => (await Store.Calls.ReadProvidersAsync(Token))["acme"].Profile is { Enabled: true, Name: "Acme Bank again" },
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
            async () => (await Store.Calls.ReadAllAsync(Token)).GetValueOrDefault("acme")?.Cron == "0 30 9 ? * MON-FRI",
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
        Upstream["acme"].Serve(Answer(Day.AddDays(1)), $"rates/{Day.AddDays(1):yyyy-MM-dd}.json");
        Upstream["acme"].Serve(Answer(Day.AddDays(2)), $"rates/{Day.AddDays(2):yyyy-MM-dd}.json");
        Upstream["acme"].Serve(
            Document.Of(
                $$"""
                {"day":"{{next:yyyy-MM-dd}}","rates":[{"code":"USD","mid":"2.2824"},{"code":"GBP","mid":"0.8712"},
                 {"code":"CHF","mid":"n/a"},{"code":"SEK","mid":"11.0815"},{"code":"NOK","mid":"11.6230"}]}
                """, "application/json"), $"rates/{next:yyyy-MM-dd}.json");
        Time.Advance(TimeSpan.FromDays(3));

        await PassUntilAsync(worker, async () => (await worker.HealthAsync("acme")).OddRows > 0);

        var odd = Assert.Single((await worker.HealthAsync("acme")).FirstOddRows!);
        Assert.Equal("rates/2026-11-23.json: row $.rates[2]", odd.Place);
        Assert.Equal("rate (@.mid): 'n/a' is not a number of the form Point", odd.Reason);
        Assert.NotEmpty(await Store.Calls.ReadQuarantineAsync("acme", Token));
        Assert.Equal(Day, (await worker.SheetAsync("acme"))!.Observations.Single(row => row.Pair.ToString() == "EUR/USD").AsOf);
    }

    [Fact]
    public async Task The_key_of_a_declared_provider_is_sent_and_stored_nowhere()
    {
        await DeclareAsync(Block(request: "rates/{date}.json?key={key}"));
        await using var worker = await StartAsync();
        Assert.Contains("needs a key", (await Store.Calls.ReadProvidersAsync(Token))["acme"].Profile.Note, StringComparison.Ordinal);

        await Book.EditEndpointAsync("acme", null, new() { Key = new() { File = "acme" } }, "anna", Token);
        await Eventually.IsAsync(async () => await worker.SheetAsync("acme") is not null, () => string.Join('\n', worker.Log.Lines), Token);
        var tried = await TryAsync(worker, new() { Block = Json(Block(request: "rates/{date}.json?key={key}")), Key = "acme" });

        Assert.All(Upstream.CallsOf("acme"), call => Assert.EndsWith($"?key={Canary}", call.Path, StringComparison.Ordinal));
        Assert.Equal(2, Upstream.CallsOf("acme").Count);
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

        await Book.EditEndpointAsync("acme", null, new() { Key = new() { File = "acme" } }, "anna", Token);
        await worker.LoggedAsync("may be sent no secret: allow its host rates.evil.example");

        await Eventually.IsAsync(
            () => !worker.Get<ScheduleTable>().Fetched.ContainsKey("acme"), Token, "acme is taken out of what is fetched");
    }

    private async Task RetireAsync()
    {
        var before = (await Book.ReadDeclarationsAsync(Token))["acme"];
        Assert.NotNull(
            await Book.EditDeclarationAsync("acme", before.Revision, before.Value! with { Retired = true }, "anna", Token));
    }

    private async Task<OperatorCommand> BackfillAsync(Bench worker)
    {
        var book = new CommandStore(Store.Documents);
        Time.Advance(TimeSpan.FromSeconds(5));
        var id = (await book.AskAsync(
            new()
            {
                Kind = CommandKind.Backfill,
                Provider = "acme",
                By = "anna",
                CreatedAt = Time.GetUtcNow(),
                From = Day.AddDays(-60),
                To = Day.AddDays(-51),
            }, Token))!;
        await PassUntilAsync(worker, async () => (await book.ReadAsync(Token))[id].Value.HasEnded);
        return (await book.ReadAsync(Token))[id].Value;
    }

    private string StoredText() => string.Concat(
        Directory.EnumerateFiles(Store.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(StoredFiles.Content));
}
