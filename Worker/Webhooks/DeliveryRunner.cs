using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks every five seconds at all providers and posts what changed to the subscribers of the settings, at least once each. Of all workers
/// one does each look: the one that the store lets.
/// </summary>
internal sealed partial class DeliveryRunner(
    SubscriptionOptions options, ProviderWatch watch, ISheetReader sheets, IClaims claims, IOperatorDocuments documents,
    StoreAvailability availability, WorkerOptions worker, StoreClock time, ILogger<DeliveryRunner> logger)
    : ClaimedLooks(ClaimName, Interval, claims, availability, worker, time, logger)
{
    /// <summary>The name that looks are claimed under, beside the keys of providers.</summary>
    public const string ClaimName = "rates-webhooks";

    /// <summary>
    /// The kind of the document that holds the memory, and of the entries for what was given up in the record of changes.
    /// </summary>
    public const string Kind = "webhook";

    private const string Document = "state";
    private const int MostWaiting = 1_000;
    private const int MostDead = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);

    private readonly Dictionary<string, SignedPost> _receivers = options.Subscriptions.ToDictionary(
        one => one.Name,
        one => new SignedPost(new() { Url = one.Url, UrlFile = one.UrlFile, SecretFile = one.SecretFile }, time));

    /// <inheritdoc/>
    protected override bool HasReceivers => _receivers.Count > 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var receiver in _receivers.Values)
        {
            receiver.Dispose();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task LookUnderClaimAsync(CancellationToken cancellationToken)
    {
        var stored = (await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(Document);
        var memory = stored is null ? null : Read(stored.Json);
        var states = await watch.ReadAsync(cancellationToken);
        var outbox = memory?.Outbox.Where(one => _receivers.ContainsKey(one.Subscription)).ToList() ?? [];

        // What stood before the first look is no change.
        foreach (var (change, state) in memory is null ? [] : ChangeDetection.Between(memory.Seen, states))
        {
            outbox.AddRange(await DeliveriesAsync(change, state, cancellationToken));
        }

        var next = new DeliveryMemory { Seen = ChangeDetection.See(states), Outbox = outbox, Dead = memory?.Dead ?? [] };
        var isDue = outbox.Exists(one => one.NotBefore <= Time.GetUtcNow());
        if (!isDue && memory is not null && outbox.Count == memory.Outbox.Count && IsSame(memory.Seen, next.Seen))
        {
            return;
        }

        // Stored before anything is posted, so that a change survives this worker.
        if (await StoreAsync(next, stored?.Revision ?? 0, cancellationToken) is { } revision && isDue)
        {
            await StoreAsync(await SendAsync(next, cancellationToken), revision, cancellationToken);
        }
    }

    private async Task<IEnumerable<Delivery>> DeliveriesAsync(string change, ProviderState state, CancellationToken cancellationToken)
    {
        var isSheet = change == RateChange.Published;
        var sheet = isSheet ? await sheets.ReadSheetAsync(state.Key, cancellationToken) : null;
        var name = sheet is { Revised: true } ? RateChange.Revised : change;
        var told = new RateChange(
            name, state.Key, state.Name, state.Status.ToString().ToLowerInvariant(), state.AsOf is { } day ? IsoText.Of(day) : null,
            sheet is null ? null : IsoText.OfSeconds(sheet.FetchedAt), sheet is null ? null : $"{sheet.Epoch}:{sheet.Version}",
            isSheet || state.Health.Reason.Length == 0 ? null : state.Health.Reason);
        var now = Time.GetUtcNow();
        return options.Subscriptions.Where(one => one.Wants(name, state.Key)).Select(
            one => new Delivery(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), one.Name, told, now, 0, now, ""));
    }

    /// <summary>Posts what is due, in order; a subscriber that does not take one gets no later one before it is tried again.</summary>
    private async Task<DeliveryMemory> SendAsync(DeliveryMemory memory, CancellationToken cancellationToken)
    {
        List<Delivery> left = [], dead = [];
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var delivery in memory.Outbox)
        {
            if (waiting.Contains(delivery.Subscription) || delivery.NotBefore > Time.GetUtcNow()
                || cancellationToken.IsCancellationRequested)
            {
                waiting.Add(delivery.Subscription);
                left.Add(delivery);
            }
            else if (await SendAsync(delivery, cancellationToken) is { } problem)
            {
                waiting.Add(delivery.Subscription);
                var (now, attempts) = (Time.GetUtcNow(), delivery.Attempts + 1);
                var failed = delivery with { Attempts = attempts, NotBefore = now + AlertRunner.BackOff(attempts), Problem = problem };
                (now - delivery.At > GiveUp ? dead : left).Add(failed);
            }
        }

        dead.AddRange(left.Take(left.Count - MostWaiting));
        foreach (var one in dead)
        {
            await BuryAsync(one);
        }

        return memory with { Outbox = [.. left.TakeLast(MostWaiting)], Dead = [.. memory.Dead.Concat(dead).TakeLast(MostDead)] };
    }

    // Null when it was taken, else why not.
    private async Task<string?> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SendDeadline, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(delivery.Change, DeliveryJson.Default.RateChange);
            await _receivers[delivery.Subscription].SendAsync(delivery.Id, body, either.Token);
            Log.Sent(Logger, delivery.Subscription, delivery.Change.Event, delivery.Change.Provider);
            return null;
        }
        catch (AlertException problem)
        {
            Log.NotSent(Logger, delivery.Subscription, delivery.Change.Event, delivery.Change.Provider, problem.Message);
            return problem.Message;
        }
        catch (OperationCanceledException)
        {
            // Also when the look ends: what was not taken is kept.
            var problem = $"no answer within {SendDeadline.TotalSeconds} s";
            Log.NotSent(Logger, delivery.Subscription, delivery.Change.Event, delivery.Change.Provider, problem);
            return problem;
        }
    }

    // Operators see it in the record of changes: on the page, by command and by the interface.
    private Task BuryAsync(Delivery dead)
    {
        Log.GivenUp(Logger, dead.Subscription, dead.Change.Event, dead.Change.Provider, dead.Attempts, dead.Problem);
        return documents.RecordChangeAsync(
            new(
                Kind, dead.Subscription, WorkerId, $"{dead.Change.Event} {dead.Change.Provider} {dead.Id}",
                $"given up after {dead.Attempts} tries: {dead.Problem}"),
            CancellationToken.None);
    }

    private static bool IsSame(IReadOnlyDictionary<string, SeenProvider> one, IReadOnlyDictionary<string, SeenProvider> other) =>
        one.Count == other.Count && one.All(seen => other.GetValueOrDefault(seen.Key) == seen.Value);

    // Also after the look's own deadline: what was posted must not be posted again.
    private Task<long?> StoreAsync(DeliveryMemory memory, long revision, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(Kind, Document, revision, JsonSerializer.Serialize(memory, DeliveryJson.Default.DeliveryMemory), WorkerId, Note: null),
            cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken);

    private DeliveryMemory? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DeliveryJson.Default.DeliveryMemory);
        }
        catch (JsonException damaged)
        {
            Log.Damaged(Logger, damaged.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Posted to {Subscription}: {Change} {Provider}")]
        public static partial void Sent(ILogger logger, string subscription, string change, string provider);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "Not posted to {Subscription}, tried again later: {Change} {Provider}; {Problem}")]
        public static partial void NotSent(ILogger logger, string subscription, string change, string provider, string problem);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "Given up to post to {Subscription} after {Attempts} tries: {Change} {Provider}; {Problem}")]
        public static partial void GivenUp(
            ILogger logger, string subscription, string change, string provider, int attempts, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What was posted to subscribers cannot be read and is forgotten: {Problem}")]
        public static partial void Damaged(ILogger logger, string problem);
    }
}
