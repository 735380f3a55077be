using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The operators' page in a browser: webhooks.</summary>
public sealed class OpsWebhookTests : OpsPageRig
{
    [Fact]
    public async Task A_webhook_is_set_tested_paused_and_removed_and_a_dead_letter_sent_again_in_the_browser()
    {
        await WebhookSample.StoreAsync(Api.Services, "shop", Token);
        await using var worker = AnsweringWorker.OfWebhooks(Api.Services);
        var store = Api.Services.GetRequiredService<WebhookStore>();
        await using var page = await OpenAsync("/ops?tab=webhooks");
        await PictureAsync(page, "webhooks");
        await SetAsync(page, "name", "down");
        await SetAsync(page, "address", "https://evil.example/");
        await SetAsync(page, "secret", "canary");
        await ClickAsync(page, "#webhook .buttons button");
        await page.UntilAsync("document.querySelector('#webhook .wrong').textContent.includes('names no secret')", Token);
        await SetAsync(page, "secret", "file down-webhook");
        await ClickAsync(page, "#webhook .buttons button");
        await page.UntilAsync("document.querySelector('#webhook .wrong').textContent.includes('public host')", Token);
        await SetAsync(page, "address", "https://down.example/<b>");
        await page.EvaluateAsync("document.querySelector('#webhook [value=revised]').click()");
        await SetAsync(page, "providers", "ecb, boc");
        await ClickAsync(page, "#webhook .buttons button");
        await page.UntilAsync("document.querySelector('tr[data-webhook=down]')?.textContent.includes('/<b>')", Token);
        var stored = (await store.ReadDefinitionsAsync(Token))["down"].Value!;

        await ClickAsync(page, "tr[data-webhook=down] [data-action=test-webhook]");
        await SaysAsync(page, "down did not take the test after 12 ms: it answered 503");
        await ClickAsync(page, "tr[data-webhook=shop] [data-action=test-webhook]");
        await SaysAsync(page, "shop answered 204 after 12 ms");
        await ClickAsync(page, "tr[data-webhook=down] [data-action=pause-webhook]");
        await page.UntilAsync("document.querySelector('tr[data-webhook=down] [data-action=resume-webhook]')", Token);
        var paused = (await store.ReadDefinitionsAsync(Token))["down"].Value!;
        await ClickAsync(page, "tr[data-webhook=down] [data-action=remove-webhook]");
        await ClickAsync(page, "#sure [data-do=sure]");
        await SaysAsync(page, "down is removed");
        await ClickAsync(page, "[data-letter] [data-action=send-again]");
        await page.UntilAsync("document.querySelector('[data-letter]').textContent.includes('is sent again')", Token);

        Assert.Equal(
            "address https://down.example/<b>; secret from file down-webhook; events revised; providers ecb, boc; active",
            stored.Summary());
        Assert.True(paused.Paused);
        Assert.DoesNotContain("down", await store.ReadDefinitionsAsync(Token));
        Assert.True(Assert.Single(await store.ReadDeadLettersAsync(Token)).Value.SendAgain);
    }

    private static Task<JsonElement> SetAsync(Testing.DevTools page, string name, string value) =>
        page.EvaluateAsync($"document.querySelector('#webhook [name={name}]').value = '{value}'");

    private static Task SaysAsync(Testing.DevTools page, string text) =>
        page.UntilAsync($"document.getElementById('said').textContent === '{text}'", Token);
}
