using System.Text.Json;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The operators' page in a browser.</summary>
public sealed class OpsPageTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    // A folder for pictures, to look at; none unless set.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("RATES_PICTURES");

    private readonly InMemoryRates _rates = Sample.Store();
    private KestrelApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CommandStore Commands => _api.Services.GetRequiredService<CommandStore>();

    public async ValueTask InitializeAsync()
    {
        _api = await KestrelApi.StartAsync(_rates);
        var directory = _api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await _api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        var services = _api.Services;
        await services.GetRequiredService<ISchedules>().FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
        await services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);
        foreach (var outcome in new[] { "published", "unchanged", "failed", "quarantined", "published" })
        {
            await services.GetRequiredService<IRuns>().RecordRunAsync(
                new(Sample.Now, "ecb", Sample.Now, "worker-1", outcome, outcome == "failed"
                    ? "<script>alert(1)</script> 503"
                    : "", TimeSpan.FromMilliseconds(123), 1, 2048, 12), Token);
        }

        var refused = Sample.EcbSheet.Observations.Select(figure => figure with { Rate = figure.Rate * 2 }).ToList();
        await services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["EUR/USD 2.3268 on 2026-08-20: 100 % from before"],
                "<gesmes:Envelope><Cube time='2026-08-20'>", refused), Token);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("providers")]
    [InlineData("declared")]
    [InlineData("quarantine")]
    [InlineData("replay")]
    [InlineData("schedules")]
    [InlineData("evidence")]
    [InlineData("users")]
    [InlineData("commands")]
    [InlineData("runs")]
    [InlineData("workers")]
    [InlineData("audit")]
    [InlineData("keys")]
    public async Task Every_view_is_written_by_the_server_and_holds_no_markup_of_others(string tab)
    {
        var answer = await AnswerAsync(tab);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", answer, StringComparison.Ordinal);

        // A proxy may serve the page below a path prefix, which it takes off.
        Assert.DoesNotContain("=\"/", answer, StringComparison.Ordinal);
        Assert.Contains($"aria-current=page>{char.ToUpperInvariant(tab[0])}{tab[1..]}<", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_stored_by_hand_that_is_not_used_is_told()
    {
        _rates.Add(Sample.Ecb with { Health = new() { ScheduleProblem = "cron '<b>61 * * * * ?</b>' is not a cron expression" } });
        await _api.Services.GetRequiredService<BookRefresher>().RefreshAsync(Token);

        Assert.Contains("is not used: cron &#x27;&lt;b&gt;61 * * * * ?&lt;/b&gt;&#x27; is not", await AnswerAsync("providers"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_view_is_named()
    {
        var answer = await AnswerAsync("x");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("tab: 'x' is not one of providers", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_looked_at_changed_and_paused_in_the_browser()
    {
        if (await OpenAsync("/ops") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.UntilAsync("document.getElementById('live').textContent === 'Live'", Token);
        Assert.Equal("5", (await page.EvaluateAsync("document.querySelectorAll('tr[data-provider=ecb] .run').length")).ToString());
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=edit]");
        await page.UntilAsync("document.querySelectorAll('#schedule tbody tr').length === 10", Token);
        Assert.Contains(
            "2026-08-20 15:05:00", await page.TextAsync("document.querySelector('#schedule tbody').textContent"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('#schedule [name=cron]').value = '0 0 25 * * ?'");
        await ClickAsync(page, "#schedule [data-do=preview]");
        await page.UntilAsync("document.querySelector('#schedule .wrong').textContent.includes('is not a cron expression')", Token);
        await page.EvaluateAsync("document.querySelector('#schedule [name=cron]').value = '30 9 * * MON-FRI'");
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').value = 'Asia/Kolkata'");
        await ClickAsync(page, "#schedule [data-do=preview]");
        await page.UntilAsync("document.querySelector('#schedule tbody').textContent.includes('09:30:00+05:30')", Token);
        await PictureAsync(page, "schedule");
        await ClickAsync(page, "#schedule [data-do=save]");
        await page.UntilAsync(
            "!document.getElementById('schedule').open && document.getElementById('said').textContent.includes('is saved')", Token);

        var stored = await StoredAsync();
        Assert.Equal(("30 9 * * MON-FRI", "Asia/Kolkata", "root"), (stored.Cron, stored.Zone, stored.By));
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=pause]");
        await Eventually.IsAsync(async () => !(await StoredAsync()).Enabled, () => "paused", Token);
    }

    [Fact]
    public async Task A_provider_is_fetched_and_filled_and_the_page_follows_the_command()
    {
        if (await OpenAsync("/ops") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=run]");
        await ChangeAsync(CommandKind.Run, command => command with { State = CommandState.Done, Message = "published, 3 figures are new" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('run is done: published, 3 figures are new')", Token);

        await ClickAsync(page, "tr[data-provider=ecb] [data-action=fill]");
        await page.EvaluateAsync("document.querySelector('#backfill [name=from]').value = '2020-01-01'");
        await page.EvaluateAsync("document.querySelector('#backfill [name=to]').value = '2020-12-31'");
        await ClickAsync(page, "#backfill [data-do=backfill]");
        await ChangeAsync(
            CommandKind.Backfill,
            command => command with { State = CommandState.Running, Percent = 40, Message = "100 days changed so far" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('backfill is running (40 %)')", Token);
        await PictureAsync(page, "providers");
        await page.GoAsync(new(_api.Address, "/ops?tab=commands"), Token);
        await page.UntilAsync("[...document.querySelectorAll('progress')].some(bar => bar.value === 40)", Token);
        await ChangeAsync(
            CommandKind.Backfill, command => command with { State = CommandState.Done, Percent = 100, Message = "250 days changed" });

        // Nobody touches the page: the server says that something changed.
        await page.UntilAsync("[...document.querySelectorAll('progress')].some(bar => bar.value === 100)", Token);
        await PictureAsync(page, "commands");
    }

    [Fact]
    public async Task A_provider_is_tried_declared_and_retired_in_the_browser()
    {
        if (await OpenAsync("/ops?tab=declared") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await using var worker = AnsweringWorker.OfDeclarations(_api.Services);
        var book = _api.Services.GetRequiredService<SourceStore>();
        await ClickAsync(page, "[data-action=try-declaration]");
        await page.UntilAsync("document.querySelector('#declare .wrong').textContent.includes('Give the declaration a key')", Token);
        await page.EvaluateAsync("document.querySelector('#declare [name=key]').value = 'acme'");
        await ClickAsync(page, "[data-action=try-declaration]");
        await page.UntilAsync("document.querySelector('#tried').textContent.includes('2 figures would be published')", Token);
        var tried = await page.TextAsync("document.querySelector('#tried').textContent");
        await PictureAsync(page, "declared");
        await page.EvaluateAsync("document.querySelector('#declare [name=block]').value = '{\"name\":\"evil\"}'");
        await ClickAsync(page, "[data-action=save-declaration]");
        await page.UntilAsync("document.querySelector('#declare .wrong').textContent.includes('read.rows: is missing')", Token);
        await page.EvaluateAsync("document.querySelector('#declare [name=block]').value = '{\"name\":\"<b>Acme</b>\"}'");
        await ClickAsync(page, "[data-action=save-declaration]");
        await page.UntilAsync("document.querySelector('tr[data-provider=acme]')?.textContent.includes('<b>Acme</b>')", Token);
        var stored = (await book.ReadDeclarationsAsync(Token))["acme"];
        await ClickAsync(page, "[data-action=retire]");
        await page.UntilAsync("document.getElementById('said').textContent.includes('acme is retired')", Token);

        Assert.Contains("row $.rates[2]", tried, StringComparison.Ordinal);
        Assert.Contains("0.8654", tried, StringComparison.Ordinal);
        Assert.Contains("171.20", tried, StringComparison.Ordinal);
        Assert.Equal(("root", false), (stored.By, stored.Value!.Retired));
        Assert.True((await book.ReadDeclarationsAsync(Token))["acme"].Value!.Retired);
    }

    [Fact]
    public async Task An_endpoint_is_checked_saved_and_taken_back_in_the_browser()
    {
        if (await OpenAsync("/ops") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await using var worker = AnsweringWorker.OfEndpoints(_api.Services);
        var book = _api.Services.GetRequiredService<SourceStore>();
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=endpoint]");
        await page.UntilAsync("document.getElementById('endpoint').open", Token);
        var hosts = await page.TextAsync("document.querySelector('#endpoint [data-hosts]').textContent");
        Assert.Contains("gw.example", hosts, StringComparison.Ordinal);
        await SetAsync("address", "https://gw.example/ecb/");
        await SetAsync("headers", "X-Trace = rates");
        await SetAsync("secretHeaders", "X-Pass = canary");
        await ClickAsync(page, "#endpoint [data-do=save-endpoint]");
        await page.UntilAsync("document.querySelector('#endpoint .wrong').textContent.includes('names no secret')", Token);
        await SetAsync("secretHeaders", "X-Pass = file pass");
        await SetAsync("key", "variable RATES_SECRET_ECB");
        await ClickAsync(page, "#endpoint [data-do=preview-endpoint]");
        await page.UntilAsync(
            "document.querySelector('#endpoint [data-state]').textContent.includes('worker-1: asks https://gw.example/ecb/')", Token);
        await PictureAsync(page, "endpoint");
        await ClickAsync(page, "#endpoint [data-do=save-endpoint]");
        await page.UntilAsync("document.getElementById('said').textContent.includes('the endpoint is saved')", Token);
        var stored = (await book.ReadEndpointsAsync(Token))["ecb"].Value!;
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=endpoint]");
        await page.UntilAsync("document.getElementById('endpoint').open", Token);
        var shown = await page.TextAsync("document.querySelector('#endpoint [name=secretHeaders]').value");
        await ClickAsync(page, "#endpoint [data-do=reset-endpoint]");
        await page.UntilAsync("document.getElementById('said').textContent.includes('asked as it ships')", Token);

        Assert.Equal(
            "address https://gw.example/ecb/; header X-Trace; header X-Pass from file pass; key from variable RATES_SECRET_ECB",
            stored.Summary());
        Assert.Equal("X-Pass = file pass", shown);
        Assert.Empty(await book.ReadEndpointsAsync(Token));

        Task<JsonElement> SetAsync(string name, string value) =>
            page.EvaluateAsync($"document.querySelector('#endpoint [name={name}]').value = '{value}'");
    }

    [Fact]
    public async Task A_replay_shows_what_would_change_and_stores_it()
    {
        if (await OpenAsync("/ops?tab=replay") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.EvaluateAsync("document.querySelector('#replay [name=provider]').value = 'ecb'");
        await page.EvaluateAsync("document.querySelector('#replay [name=from]').value = '2026-08-10'");
        await ClickAsync(page, "#replay button");
        var (asked, id) = await ReplayedAsync(null);
        await page.UntilAsync(
            "document.querySelector('#result h2')?.textContent === 'ecb: 1 figure differs'"
            + " && document.querySelector('#result tbody').textContent.includes('1.1622')", Token);
        await PictureAsync(page, "replay");
        await ClickAsync(page, "#result [data-action=store-replay]");
        var (stored, _) = await ReplayedAsync(id);
        await page.UntilAsync("document.querySelector('#result h2')?.textContent === 'ecb: 1 figure was corrected'", Token);

        Assert.Equal((new DateOnly(2026, 8, 10), null, "root"), (asked.From, asked.To, asked.By));
        Assert.Equal((new DateOnly(2026, 8, 10), id), (stored.From, stored.Shown));
        Assert.Equal("0", (await page.EvaluateAsync("document.querySelectorAll('[data-action=store-replay]').length")).ToString());
    }

    [Fact]
    public async Task A_refused_sheet_is_released_with_a_reason()
    {
        if (await OpenAsync("/ops?tab=quarantine") is not { } page)
        {
            return;
        }

        await using var browser = page;
        var shown = await page.TextAsync("document.querySelector('article').textContent");
        Assert.Contains("2.3268", shown, StringComparison.Ordinal);
        Assert.Contains("1.1634", shown, StringComparison.Ordinal);
        await PictureAsync(page, "quarantine");
        await ClickAsync(page, "article [data-action=release]");
        await page.UntilAsync("document.getElementById('said').textContent.includes('Give a reason first')", Token);
        Assert.Empty(await Commands.ReadAsync(Token));

        await page.EvaluateAsync("document.querySelector('article [name=reason]').value = 'a devaluation'");
        await ClickAsync(page, "article [data-action=release]");
        await ChangeAsync(CommandKind.Release, command => command with { State = CommandState.Done, Message = "3 figures were released" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('3 figures were released')", Token);

        var asked = Assert.Single(await Commands.ReadAsync(Token)).Value.Value;
        Assert.Equal(("17-4", "a devaluation", "root"), (asked.Entry, asked.Reason, asked.By));
    }

    [Fact]
    public async Task A_key_is_made_and_revoked()
    {
        if (await OpenAsync("/ops?tab=keys") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.EvaluateAsync("document.querySelector('#new-key [name=label]').value = 'shop'");
        await ClickAsync(page, "#new-key button");
        await page.UntilAsync("document.querySelector('#new-key output').textContent.startsWith('rates-')", Token);
        await PictureAsync(page, "keys");
        await page.GoAsync(new(_api.Address, "/ops?tab=keys&again"), Token);
        await ClickAsync(page, "[data-action=revoke]");
        await page.UntilAsync("document.querySelector('#sure[open] h2')?.textContent === 'Revoke the key for shop'", Token);
        await page.PressAsync("Escape");
        await page.UntilAsync("!document.getElementById('sure').open", Token);
        Assert.Single(await _api.Services.GetRequiredService<AccessStore>().ReadKeysAsync(Token));
        await ClickAsync(page, "[data-action=revoke]");
        await ClickAsync(page, "#sure[open] [data-do=sure]");

        await page.UntilAsync("document.getElementById('said').textContent.includes('is revoked')", Token);
        Assert.Empty(await _api.Services.GetRequiredService<AccessStore>().ReadKeysAsync(Token));
    }

    [Fact]
    public async Task A_user_is_made_changed_and_deleted()
    {
        if (await OpenAsync("/ops?tab=users") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.EvaluateAsync("document.querySelector('#user [name=name]').value = 'anna'");
        await page.EvaluateAsync("document.querySelector('#user [name=role]').value = 'ops'");
        await page.EvaluateAsync("document.querySelector('#user [name=password]').value = 'another long one'");
        await ClickAsync(page, "#user button");
        await page.UntilAsync("document.querySelector('[data-action=change-user][data-name=anna][data-role=ops]')", Token);
        await PictureAsync(page, "users");
        await ClickAsync(page, "[data-action=change-user][data-name=anna]");
        Assert.Equal("password", await page.TextAsync("document.activeElement.name"));
        await page.EvaluateAsync("document.querySelector('#user [name=role]').value = 'read'");
        await ClickAsync(page, "#user button");
        await page.UntilAsync("document.querySelector('[data-action=change-user][data-name=anna][data-role=read]')", Token);
        await ClickAsync(page, "[data-action=delete-user][data-name=anna]");
        await ClickAsync(page, "#sure[open] [data-do=sure]");

        await page.UntilAsync("document.getElementById('said').textContent === 'anna is deleted'", Token);
        Assert.DoesNotContain("anna", (await _api.Services.GetRequiredService<AccessStore>().ReadUsersAsync(Token)).Keys);
    }

    [Fact]
    public async Task The_original_bytes_are_downloaded()
    {
        if (await OpenAsync("/ops?tab=evidence") is not { } page)
        {
            return;
        }

        await using var browser = page;
        byte[] body = [.. "<Cube time='2026-08-20'>"u8];
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        await _api.Services.GetRequiredService<IEvidence>().WriteAsync(
            new("ecb", "e", 17, Sample.Now, Sample.Today, Sample.Today, Sample.Today,
                [new("https://ecb.example/daily.xml", Sample.Now, new Dictionary<string, string>(), digest, body.Length)]),
            new Dictionary<string, ReadOnlyMemory<byte>> { [digest] = body }, Token);
        await page.EvaluateAsync("document.querySelector('form [name=provider]').value = 'ecb'");
        await ClickAsync(page, "main form button");
        await page.UntilAsync("document.querySelector('a[download]')", Token);
        await PictureAsync(page, "evidence");

        Assert.Equal(
            "<Cube time='2026-08-20'>",
            await page.TextAsync("fetch(document.querySelector('a[download]').href).then(answer => answer.text())"));
    }

    [Fact]
    public async Task Enter_in_a_field_of_a_dialog_saves()
    {
        if (await OpenAsync("/ops?tab=schedules") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await PictureAsync(page, "schedules");
        await page.EvaluateAsync("document.querySelector('[data-action=edit][data-provider=ecb]').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.getElementById('schedule').open", Token);
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').value = 'Asia/Kolkata'");
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("!document.getElementById('schedule').open", Token);

        Assert.Equal("Asia/Kolkata", (await StoredAsync()).Zone);
        await page.UntilAsync("document.activeElement.getAttribute('aria-label') === 'Change ecb'", Token);
    }

    [Fact]
    public async Task The_keyboard_reaches_and_works_the_actions()
    {
        if (await OpenAsync("/ops") is not { } page)
        {
            return;
        }

        await using var browser = page;
        for (var presses = 0; presses < 60 && await page.TextAsync("document.activeElement?.dataset.action ?? ''") != "edit"; presses++)
        {
            await page.PressAsync("Tab");
        }

        Assert.Equal("edit", await page.TextAsync("document.activeElement.dataset.action"));
        await page.PressAsync("Enter");
        await page.UntilAsync("document.getElementById('schedule').open", Token);
        Assert.True((await page.EvaluateAsync("document.getElementById('schedule').contains(document.activeElement)")).GetBoolean());
        await page.PressAsync("Escape");
        await page.UntilAsync("!document.getElementById('schedule').open", Token);
    }

    [Fact]
    public async Task Nothing_is_wider_than_a_phone()
    {
        if (await OpenAsync("/ops") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.SetViewAsync(390, 844, isDark: false);
        foreach (var tab in new[] { "providers", "declared", "schedules", "quarantine", "replay", "evidence", "users", "commands", "runs",
            "workers", "audit", "keys" })
        {
            await page.GoAsync(new(_api.Address, $"/ops?tab={tab}"), Token);

            Assert.True((await page.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32() <= 390, tab);
        }
    }

    private Task<string> AnswerAsync(string tab) => _api.ExchangeAsync(
        $"GET /ops?tab={tab} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {AccessTests.Basic("root", Password)}\r\n\r\n");

    private async Task<DevTools?> OpenAsync(string path)
    {
        Assert.SkipUnless(DevTools.Program is not null, DevTools.Missing);
        var page = await DevTools.StartAsync(Token);
        await page.SetHeadersAsync(new Dictionary<string, string> { ["Authorization"] = AccessTests.Basic("root", Password).ToString() });
        await page.SetViewAsync(1280, 900, isDark: false);
        await page.GoAsync(new(_api.Address, path), Token);
        return page;
    }

    // Refreshing replaces the button between looking and clicking: it is looked for until the click is done.
    private static async Task ClickAsync(DevTools page, string selector)
    {
        await page.UntilAsync($"document.querySelector(`{selector}:not([aria-busy], :disabled)`)", Token);
        await page.EvaluateAsync($"document.querySelector(`{selector}`).click()");
    }

    private async Task<ScheduleDefinition> StoredAsync() =>
        (await _api.Services.GetRequiredService<ISchedules>().ReadAllAsync(Token))["ecb"];

    /// <summary>Stands for a worker.</summary>
    private async Task ChangeAsync(CommandKind kind, Func<OperatorCommand, OperatorCommand> change)
    {
        await Eventually.IsAsync(
            async () => (await Commands.ReadAsync(Token)).Values.Any(command => command.Value.Kind == kind), () => $"{kind} is asked for",
            Token);
        var (id, asked) = (await Commands.ReadAsync(Token)).Single(command => command.Value.Value.Kind == kind);
        await Commands.UpdateAsync(id, asked.Revision, change(asked.Value), Token);
    }

    /// <summary>Stands for a worker that carries out a replay, and finds one figure.</summary>
    private async Task<(OperatorCommand Command, string Id)> ReplayedAsync(string? shown)
    {
        await Eventually.IsAsync(
            async () => (await Commands.ReadAsync(Token)).Values.Any(command => command.Value.Shown == shown), () => "a replay", Token);
        var (id, asked) = (await Commands.ReadAsync(Token)).Single(command => command.Value.Value.Shown == shown);
        var figure = Sample.Figures(Sample.Today.AddDays(-1), "EUR/USD 1.1622")[0];
        await _api.Services.GetRequiredService<IEvidence>().WriteReplayAsync(
            "ecb", id, new(12, [new(17, figure, 1.6122m)], [], 0), Token);
        await Commands.UpdateAsync(id, asked.Revision, asked.Value with { State = CommandState.Done, Message = "12 sheets read" }, Token);
        return (asked.Value, id);
    }

    private static async Task PictureAsync(DevTools page, string name)
    {
        if (Pictures is null)
        {
            return;
        }

        foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (390, false), (390, true) })
        {
            await page.SetViewAsync(width, 900, isDark);
            await File.WriteAllBytesAsync(
                Path.Combine(Pictures, $"ops-{name}-{width}{(isDark ? "-dark" : "")}.png"), await page.PictureAsync(), Token);
        }

        await page.SetViewAsync(1280, 900, isDark: false);
    }
}
