using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Webhooks as operators and workers leave them in the store.</summary>
internal static class WebhookSample
{
    /// <summary>The id of the dead letter.</summary>
    public const string Letter = "d1";

    private static readonly WebhookEvent Change = new(
        WebhookEvent.Published, "ecb", "European Central Bank", "fresh", "2026-08-20", "2026-08-20T14:02:11Z", "e:17", null);

    /// <summary>
    /// Stores a webhook that fails, with a message that waits and one that was given up; and a paused one of the settings beside it.
    /// </summary>
    public static async Task StoreAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<WebhookStore>();
        await store.EditDefinitionAsync(
            name, null,
            new() { Address = "https://shop.example/rates", Secret = new() { File = "shop-webhook" }, Events = ["published", "stale"] },
            "root", cancellationToken);
        await store.EditDefinitionAsync("books", null, new() { Paused = true }, "root", cancellationToken);
        var waiting = new WebhookDelivery(
            "w1", name, Change, Sample.Now, 3, Sample.Now.AddSeconds(40), "it answered 503");
        await store.StoreMemoryAsync(
            new()
            {
                Outbox = [waiting],
                Receivers = new Dictionary<string, WebhookReceiver>
                {
                    [name] = new()
                    {
                        Address = "https://shop.example/rates",
                        TakenAt = Sample.Now.AddDays(-1),
                        Taken = "published ecb",
                        FailedAt = Sample.Now,
                        Failure = "published ecb: it answered 503",
                    },
                    ["books"] = new() { IsOfSettings = true, Address = "https://books.example/hook", Events = ["published"] },
                },
            },
            0, "worker-1", cancellationToken);
        await store.EditDeadLetterAsync(
            new(0, new(waiting with { Id = Letter, Attempts = 107 }, Sample.Now, SendAgain: false)), isDeleted: false, "worker-1",
            ("published ecb d1", "given up after 107 tries: it answered 503"), cancellationToken);
    }
}
