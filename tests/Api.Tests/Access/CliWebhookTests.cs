using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The command line against a running service: webhooks.</summary>
public sealed class CliWebhookTests : CliRig
{
    [Fact]
    public async Task A_webhook_is_set_tested_paused_and_removed_and_dead_letters_are_looked_after()
    {
        await WebhookSample.StoreAsync(Api.Services, "shop", Token);
        await using var worker = AnsweringWorker.OfWebhooks(Api.Services);
        var store = Api.Services.GetRequiredService<WebhookStore>();

        await DoneAsync(
            "webhooks", "set", "down", "--address", "https://down.example/", "--secret-file", "down", "--events", "stale, failed");
        var changed = await DoneAsync("webhooks", "set", "down", "--address-variable", "RATES_SECRET_DOWN", "--providers", "ecb,boc");
        var stored = (await store.ReadDefinitionsAsync(Token))["down"].Value!;
        var stale = await RunAsync("webhooks", "set", "down", "--events", "", "--revision", "1");
        var evil = await RunAsync("webhooks", "set", "evil", "--address", "https://evil.example/", "--secret-file", "s");
        var list = await DoneAsync("webhooks", "list");
        var (refused, taken) = (await RunAsync("webhooks", "test", "down"), await RunAsync("webhooks", "test", "shop"));
        var paused = await DoneAsync("webhooks", "pause", "down");
        await DoneAsync("webhooks", "resume", "down");
        var shown = await DoneAsync("webhooks", "get", "shop");
        await DoneAsync("webhooks", "remove", "down");
        var letters = await DoneAsync("webhooks", "dead-letters", "shop");
        await DoneAsync("webhooks", "send-again", "shop", WebhookSample.Letter);
        var again = (await store.ReadDeadLettersAsync(Token))[0].Value.SendAgain;
        await DoneAsync("webhooks", "discard", "shop", WebhookSample.Letter);

        Assert.Equal(
            "address from variable RATES_SECRET_DOWN; secret from file down; events stale, failed; providers ecb, boc; active",
            stored.Summary());
        Assert.Contains("events: stale; failed", changed, StringComparison.Ordinal);
        Assert.Equal((5, 1, 1, 0), (stale.Code, evil.Code, refused.Code, taken.Code));
        Assert.Contains("reason: it answered 503", refused.Output, StringComparison.Ordinal);
        Assert.Contains("status: 204", taken.Output, StringComparison.Ordinal);
        Assert.Contains("https://books.example/hook", list, StringComparison.Ordinal);
        Assert.Contains("paused: yes", paused, StringComparison.Ordinal);
        Assert.Contains("failed: published ecb: it answered 503", shown, StringComparison.Ordinal);
        Assert.Contains("it answered 503", letters, StringComparison.Ordinal);
        Assert.DoesNotContain("down", await store.ReadDefinitionsAsync(Token));
        Assert.True(again);
        Assert.Empty(await store.ReadDeadLettersAsync(Token));
    }
}
