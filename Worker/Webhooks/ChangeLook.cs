using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks at all providers and adds what changed to what waits for the receivers of webhooks. It is stored before anything is posted, so
/// that a change survives the worker that saw it.
/// </summary>
internal sealed partial class ChangeLook(
    WebhookTable table, ProviderWatch watch, ISheetReader sheets, WebhookStore store, WorkerOptions worker, StoreClock time,
    ILogger<ChangeLook> logger)
{
    /// <summary>An id for a message: 32 hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Makes one look. Null when nobody is to be told, and when another worker has stored something meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<WaitingChanges?> RunAsync(CancellationToken cancellationToken)
    {
        var receivers = await table.ReadAsync(cancellationToken);
        var stored = await store.ReadMemoryAsync(cancellationToken);
        var memory = Known(stored, receivers);
        if (receivers.Count == 0)
        {
            await ForgetAsync(stored, memory, cancellationToken);
            return null;
        }

        var again = (await store.ReadDeadLettersAsync(cancellationToken)).Where(letter => letter.Value.SendAgain).ToList();
        var (seen, changes) = await LookAsync(memory, receivers.Values, cancellationToken);
        var next = new WebhookMemory
        {
            Seen = seen,
            Outbox = [.. Kept(memory, receivers), .. Again(memory, again), .. changes],
            Receivers = receivers.OrderBy(one => one.Key, StringComparer.Ordinal)
                .ToDictionary(one => one.Key, one => one.Value.Remembered(memory?.Receivers.GetValueOrDefault(one.Key))),
        };
        if (await StoreAsync(next, stored, cancellationToken) is not { } revision)
        {
            return null;
        }

        foreach (var letter in again)
        {
            await store.EditDeadLetterAsync(letter, isDeleted: true, worker.Id, change: null, cancellationToken);
        }

        return new(next, revision, receivers);
    }

    // What stood before the first look is no change.
    private async Task<(Dictionary<string, SeenProvider> Seen, List<WebhookDelivery> Changes)> LookAsync(
        WebhookMemory? memory, IEnumerable<Webhook> receivers, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, SeenProvider>(StringComparer.Ordinal);
        List<WebhookDelivery> changes = [];
        foreach (var state in await watch.ReadAsync(cancellationToken))
        {
            var then = memory?.Seen.GetValueOrDefault(state.Key);
            seen[state.Key] = ChangeDetection.See(state);
            if (memory is null)
            {
                continue;
            }

            var sheet = default(RateSheet);
            try
            {
                sheet = ChangeDetection.IsStoredAgain(then, state) ? await sheets.ReadSheetAsync(state.Key, cancellationToken) : null;
            }
            catch (CorruptSheetException problem)
            {
                // The changes of others are told, and this one once its sheet can be read.
                Log.Corrupt(logger, state.Key, problem.Message);
                seen[state.Key] = seen[state.Key] with { Version = then?.Version ?? 0 };
            }

            changes.AddRange(ChangeDetection.Between(then, state, sheet).SelectMany(change => Deliveries(receivers, change, state, sheet)));
        }

        return (seen, changes);
    }

    // Null when nothing is remembered, or only of receivers that operators have removed: then nobody was told anything for a while.
    private WebhookMemory? Known(WebhookMemoryRecord stored, IReadOnlyDictionary<string, Webhook> receivers)
    {
        if (stored.Revision > 0 && stored.Value is null)
        {
            Log.Damaged(logger);
        }

        return stored.Value is { Receivers.Count: > 0 } memory
            && memory.Receivers.All(one => !one.Value.IsOfSettings && !receivers.ContainsKey(one.Key)) ? null : stored.Value;
    }

    // The receivers of another worker's settings are left to it.
    private Task ForgetAsync(WebhookMemoryRecord stored, WebhookMemory? memory, CancellationToken cancellationToken) =>
        stored.Revision > 0 && memory is null
            ? store.StoreMemoryAsync(null, stored.Revision, worker.Id, cancellationToken)
            : Task.CompletedTask;

    // What waits for a receiver that operators removed is not posted. For one of the settings it waits: another worker may have it.
    private static IEnumerable<WebhookDelivery> Kept(WebhookMemory? memory, IReadOnlyDictionary<string, Webhook> receivers) =>
        memory?.Outbox.Where(one => receivers.ContainsKey(one.Subscription)
            || memory.Receivers.GetValueOrDefault(one.Subscription) is not { IsOfSettings: false }) ?? [];

    // A worker that ended between storing and deleting has left a letter that waits already.
    private IEnumerable<WebhookDelivery> Again(WebhookMemory? memory, IEnumerable<WithRevision<WebhookDeadLetter>> letters)
    {
        var now = time.GetUtcNow();
        return letters.Select(letter => letter.Value.Delivery).Where(one => memory?.Outbox.Any(waiting => waiting.Id == one.Id) != true)
            .Select(one => one with { At = now, Attempts = 0, NotBefore = now, Problem = "" });
    }

    private IEnumerable<WebhookDelivery> Deliveries(IEnumerable<Webhook> receivers, string change, ProviderState state, RateSheet? sheet)
    {
        var isPublished = change is WebhookEvent.Published or WebhookEvent.Revised;
        var published = isPublished ? sheet : null;
        var told = new WebhookEvent(
            change, state.Key, state.Name, state.Status.ToString().ToLowerInvariant(), state.AsOf is { } day ? IsoText.Of(day) : null,
            (isPublished ? published?.FetchedAt ?? state.StoredAt : null) is { } at ? IsoText.OfSeconds(at) : null,
            published is null ? null : $"{published.Epoch}:{published.PublishedVersion}",
            isPublished || state.Health.Reason.Length == 0 ? null : state.Health.Reason);
        var now = time.GetUtcNow();
        return receivers.Where(one => one.Wants(change, state.Key))
            .Select(one => new WebhookDelivery(NewId(), one.Name, told, now, 0, now, ""));
    }

    // The revision to go on with; null when another worker was first.
    private async Task<long?> StoreAsync(WebhookMemory memory, WebhookMemoryRecord stored, CancellationToken cancellationToken) =>
        stored.Revision > 0 && WebhookText.Write(memory) == stored.Json
            ? stored.Revision
            : await store.StoreMemoryAsync(memory, stored.Revision, worker.Id, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "What workers remember of webhooks cannot be read and is forgotten: what waited is not posted")]
        public static partial void Damaged(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: its change is not posted yet, because of {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);
    }
}

/// <summary>What waits to be posted.</summary>
/// <param name="Memory">As it is stored.</param>
/// <param name="Revision">The revision that a change of the stored memory must find.</param>
/// <param name="Receivers">Every receiver, by name.</param>
internal sealed record WaitingChanges(WebhookMemory Memory, long Revision, IReadOnlyDictionary<string, Webhook> Receivers);
