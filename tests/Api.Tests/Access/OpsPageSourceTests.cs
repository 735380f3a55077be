using System.Text.Json;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The operators' page in a browser: endpoints, declared providers, stored bodies and replays.</summary>
public sealed class OpsPageSourceTests : OpsPageRig
{
    [Fact]
    public async Task A_provider_is_tried_declared_and_retired_in_the_browser()
    {
        await using var page = await OpenAsync("/ops?tab=declared");
        await using var worker = AnsweringWorker.OfDeclarations(Api.Services);
        var book = Api.Services.GetRequiredService<SourceStore>();
        await ClickAsync(page, "[data-action=try-declaration]");
        await page.UntilAsync("document.querySelector('#declare .wrong').textContent.includes('Give the declaration a key')", Token);
        await page.EvaluateAsync("document.querySelector('#declare [name=key]').value = 'acme'");
        await ClickAsync(page, "[data-action=try-declaration]");
        await page.UntilAsync("document.querySelector('#tried').textContent.includes('2 figures would be published')", Token);
        var tried = await page.TextAsync("document.querySelector('#tried').textContent");
        await PictureAsync(page, "declared");
        await page.SetViewAsync(390, 844, isDark: false);
        Assert.InRange((await page.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32(), 1, 390);
        await page.SetViewAsync(1280, 900, isDark: false);
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
        await using var page = await OpenAsync("/ops");
        await using var worker = AnsweringWorker.OfEndpoints(Api.Services);
        var book = Api.Services.GetRequiredService<SourceStore>();
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
        await using var page = await OpenAsync("/ops?tab=replay");
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
    public async Task The_original_bytes_are_downloaded()
    {
        await using var page = await OpenAsync("/ops?tab=evidence");
        byte[] body = [.. "<Cube time='2026-08-20'>"u8];
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body));
        await Api.Services.GetRequiredService<IEvidence>().WriteAsync(
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

    /// <summary>Stands for a worker that carries out a replay, and finds one figure.</summary>
    private async Task<(OperatorCommand Command, string Id)> ReplayedAsync(string? shown)
    {
        await Eventually.IsAsync(
            async () => (await Commands.ReadAsync(Token)).Values.Any(command => command.Value.Shown == shown), () => "a replay", Token);
        var (id, asked) = (await Commands.ReadAsync(Token)).Single(command => command.Value.Value.Shown == shown);
        var figure = Sample.Figures(Sample.Today.AddDays(-1), "EUR/USD 1.1622")[0];
        await Api.Services.GetRequiredService<IEvidence>().WriteReplayAsync(
            "ecb", id, new(12, [new(17, figure, 1.6122m)], [], 0), Token);
        await Commands.UpdateAsync(id, asked.Revision, asked.Value with { State = CommandState.Done, Message = "12 sheets read" }, Token);
        return (asked.Value, id);
    }
}
