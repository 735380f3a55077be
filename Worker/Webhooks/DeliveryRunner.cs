using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks every five seconds at all providers and posts what changed to the receivers of webhooks, at least once each. Of all workers one
/// does each look: the one that the store lets.
/// </summary>
internal sealed partial class DeliveryRunner(
    WebhookTable table, DeliveryRound round, ProviderWatch watch, ISheetReader sheets, IClaims claims, WebhookStore store,
    StoreAvailability availability, WorkerOptions worker, StoreClock time, ILogger<DeliveryRunner> logger)
    : ClaimedLooks(ClaimName, Interval, Lease, claims, availability, worker, time, logger)
{
    /// <summary>The name that looks are claimed under, beside the keys of providers.</summary>
    public const string ClaimName = "rates-webhooks";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // After this nothing more is begun: what is being posted has time for its answer, and the next look goes on.
    private static readonly TimeSpan SendFor = Lease - TimeSpan.FromSeconds(5) - Webhook.AnswerWithin;

    private bool _hadReceivers;

    /// <inheritdoc/>
    protected override async ValueTask<bool> HasReceiversAsync(CancellationToken cancellationToken)
    {
        // After the last receiver is gone one more look forgets what was remembered.
        var had = _hadReceivers;
        _hadReceivers = (await table.ReadAsync(cancellationToken)).Count > 0;
        return _hadReceivers || had;
    }

    /// <inheritdoc/>
    protected override async Task LookUnderClaimAsync(CancellationToken cancellationToken)
    {
        var receivers = await table.ReadAsync(cancellationToken);
        var stored = await store.ReadMemoryAsync(cancellationToken);
        var memory = Known(stored, receivers);
        if (receivers.Count == 0)
        {
            await ForgetAsync(stored, memory, cancellationToken);
            return;
        }

        var states = await watch.ReadAsync(cancellationToken);
        var again = (await store.ReadDeadLettersAsync(cancellationToken)).Where(letter => letter.Value.SendAgain).ToList();
        var outbox = Kept(memory, receivers).Concat(Again(memory, again)).ToList();

        // What stood before the first look is no change.
        foreach (var (change, state) in memory is null ? [] : ChangeDetection.Between(memory.Seen, states))
        {
            outbox.AddRange(await DeliveriesAsync(receivers.Values, change, state, cancellationToken));
        }

        var next = new WebhookMemory
        {
            Seen = ChangeDetection.See(states),
            Outbox = outbox,
            Receivers = receivers.OrderBy(one => one.Key, StringComparer.Ordinal)
                .ToDictionary(one => one.Key, one => one.Value.Remembered(memory?.Receivers.GetValueOrDefault(one.Key))),
        };

        // Stored before anything is posted, so that a change survives this worker.
        if (await StoreAsync(next, stored, cancellationToken) is { } revision)
        {
            foreach (var letter in again)
            {
                await store.EditDeadLetterAsync(letter, isDeleted: true, WorkerId, change: null, cancellationToken);
            }

            await SendAsync(next, receivers, revision, cancellationToken);
        }
    }

    /// <summary>
    /// Posts what is due, a part at a time: after each part is stored what is left, so that a worker that ends here leaves little to be
    /// posted twice.
    /// </summary>
    private async Task SendAsync(
        WebhookMemory memory, IReadOnlyDictionary<string, Webhook> receivers, long revision, CancellationToken cancellationToken)
    {
        var end = Time.GetUtcNow() + SendFor;
        while (await round.SendAsync(memory, receivers, cancellationToken) is { } next)
        {
            // Also after the look's own deadline: what was posted must not be posted again.
            if (await store.StoreMemoryAsync(next, revision, WorkerId, CancellationToken.None) is not { } after
                || cancellationToken.IsCancellationRequested || Time.GetUtcNow() >= end)
            {
                return;
            }

            (memory, revision) = (next, after);
        }
    }

    // Null when nothing is remembered, or only of receivers that operators have removed: then nobody was told anything for a while.
    private WebhookMemory? Known(WebhookMemoryRecord stored, IReadOnlyDictionary<string, Webhook> receivers)
    {
        if (stored.Revision > 0 && stored.Value is null)
        {
            Log.Damaged(Logger);
        }

        return stored.Value is { Receivers.Count: > 0 } memory
            && memory.Receivers.All(one => !one.Value.IsOfSettings && !receivers.ContainsKey(one.Key)) ? null : stored.Value;
    }

    // The receivers of another worker's settings are left to it.
    private Task ForgetAsync(WebhookMemoryRecord stored, WebhookMemory? memory, CancellationToken cancellationToken) =>
        stored.Revision > 0 && memory is null
            ? store.StoreMemoryAsync(null, stored.Revision, WorkerId, cancellationToken)
            : Task.CompletedTask;

    // What waits for a receiver that operators removed is not posted. For one of the settings it waits: another worker may have it.
    private static IEnumerable<WebhookDelivery> Kept(WebhookMemory? memory, IReadOnlyDictionary<string, Webhook> receivers) =>
        memory?.Outbox.Where(one => receivers.ContainsKey(one.Subscription)
            || memory.Receivers.GetValueOrDefault(one.Subscription) is not { IsOfSettings: false }) ?? [];

    // A worker that ended between storing and deleting has left a letter that waits already.
    private IEnumerable<WebhookDelivery> Again(WebhookMemory? memory, IEnumerable<WithRevision<WebhookDeadLetter>> letters)
    {
        var now = Time.GetUtcNow();
        return letters.Select(letter => letter.Value.Delivery).Where(one => memory?.Outbox.Any(waiting => waiting.Id == one.Id) != true)
            .Select(one => one with { At = now, Attempts = 0, NotBefore = now, Problem = "" });
    }

    private async Task<IEnumerable<WebhookDelivery>> DeliveriesAsync(
        IEnumerable<Webhook> receivers, string change, ProviderState state, CancellationToken cancellationToken)
    {
        var isSheet = change == WebhookEvent.Published;
        var sheet = isSheet ? await sheets.ReadSheetAsync(state.Key, cancellationToken) : null;
        var name = sheet is { Revised: true } ? WebhookEvent.Revised : change;
        var told = new WebhookEvent(
            name, state.Key, state.Name, state.Status.ToString().ToLowerInvariant(), state.AsOf is { } day ? IsoText.Of(day) : null,
            sheet is null ? null : IsoText.OfSeconds(sheet.FetchedAt), sheet is null ? null : $"{sheet.Epoch}:{sheet.Version}",
            isSheet || state.Health.Reason.Length == 0 ? null : state.Health.Reason);
        var now = Time.GetUtcNow();
        return receivers.Where(one => one.Wants(name, state.Key))
            .Select(one => new WebhookDelivery(NewId(), one.Name, told, now, 0, now, ""));
    }

    /// <summary>An id for a message: 32 hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    // The revision to go on with; null when another worker was first.
    private async Task<long?> StoreAsync(WebhookMemory memory, WebhookMemoryRecord stored, CancellationToken cancellationToken) =>
        stored.Revision > 0 && WebhookText.Write(memory) == stored.Json
            ? stored.Revision
            : await store.StoreMemoryAsync(memory, stored.Revision, WorkerId, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "What workers remember of webhooks cannot be read and is forgotten: what waited is not posted")]
        public static partial void Damaged(ILogger logger);
    }
}
