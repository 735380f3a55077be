using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Posts a part of what waits: of each receiver some messages in order, all receivers at the same time, so that a slow one holds nobody up.
/// </summary>
internal sealed partial class DeliveryRound(
    WebhookStore store, WorkerOptions worker, WorkerMetrics metrics, StoreClock time, ILogger<DeliveryRound> logger)
{
    /// <summary>Messages that one receiver gets in one round: at most so many come twice when a worker ends in between.</summary>
    public const int MostOfOne = 20;

    /// <summary>Messages that may wait, of all receivers together; the oldest of the one that has most are given up then.</summary>
    public const int MostWaiting = 1_000;

    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);

    /// <summary>Posts; what is to be remembered after it. Null when nothing was due.</summary>
    /// <exception cref="StoreUnavailableException">What is given up cannot be stored.</exception>
    public async Task<WebhookMemory?> SendAsync(
        WebhookMemory memory, IReadOnlyDictionary<string, Webhook> receivers, CancellationToken cancellationToken)
    {
        var lines = memory.Outbox.GroupBy(one => one.Subscription, StringComparer.Ordinal)
            .Select(group => new Line(group.Key, [.. group], memory.Receivers.GetValueOrDefault(group.Key))).ToList();
        await Task.WhenAll(lines.Select(line => SendAsync(line, receivers.GetValueOrDefault(line.Name), cancellationToken)));
        GiveUpBeyond(lines);
        var dead = lines.SelectMany(line => line.Dead).OrderBy(one => one.At).ToList();
        if (dead.Count == 0 && lines.TrueForAll(line => !line.IsChanged))
        {
            return null;
        }

        await BuryAsync(dead);
        var left = lines.SelectMany(line => line.Waiting).DistinctBy(one => one.Id).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return memory with
        {
            // In the order in which they came, as before.
            Outbox = [.. memory.Outbox.Select(one => left.GetValueOrDefault(one.Id)).OfType<WebhookDelivery>()],
            Receivers = memory.Receivers.ToDictionary(
                one => one.Key, one => lines.Find(line => line.Name == one.Key)?.Receiver ?? one.Value),
        };
    }

    // In order: after one that was not taken, later ones wait until it is tried again.
    private async Task SendAsync(Line line, Webhook? receiver, CancellationToken cancellationToken)
    {
        if (receiver is null or { IsPaused: true })
        {
            line.GiveUpBefore(time.GetUtcNow() - GiveUp, receiver is null ? "no worker has its receiver" : "its receiver was paused");
            return;
        }

        for (var posted = 0; posted < MostOfOne && line.First is { } delivery && !cancellationToken.IsCancellationRequested; posted++)
        {
            if (delivery.NotBefore > time.GetUtcNow() || !await PostAsync(line, receiver, delivery, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> PostAsync(Line line, Webhook receiver, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var (change, name) = ($"{delivery.Change.Event} {delivery.Change.Provider}", receiver.Name);
        try
        {
            await receiver.SendAsync(delivery.Id, delivery.Change, time, cancellationToken);
        }
        catch (AlertException problem)
        {
            metrics.WebhookPosted(name, isTaken: false);
            Log.NotSent(logger, name, change, problem.Message);
            line.Failed(delivery, problem.Message, time.GetUtcNow(), GiveUp);
            return false;
        }
        catch (OperationCanceledException)
        {
            // The look ends: the message stays first, and its receiver is not to blame.
            return false;
        }

        metrics.WebhookPosted(name, isTaken: true);
        Log.Sent(logger, name, change);
        line.Taken(delivery, time.GetUtcNow());
        return true;
    }

    private static void GiveUpBeyond(List<Line> lines)
    {
        for (var over = lines.Sum(line => line.Count) - MostWaiting; over > 0; over--)
        {
            lines.MaxBy(line => line.Count)!.GiveUpFirst($"more than {MostWaiting} messages wait");
        }
    }

    // Operators see them on the page, by command and by the interface, and in the record of changes.
    private async Task BuryAsync(List<WebhookDelivery> dead)
    {
        foreach (var one in dead)
        {
            metrics.WebhookGivenUp(one.Subscription);
            Log.GivenUp(logger, one.Subscription, $"{one.Change.Event} {one.Change.Provider}", one.Attempts, one.Problem);
            await store.EditDeadLetterAsync(
                new(0, new(one, time.GetUtcNow(), SendAgain: false)), isDeleted: false, worker.Id,
                ($"{one.Change.Event} {one.Change.Provider} {one.Id}", $"given up after {one.Attempts} tries: {one.Problem}"),
                CancellationToken.None);
        }

        // One that an operator wants posted again is no more in the list at the next look.
        var letters = dead.Count == 0 ? [] : await store.ReadDeadLettersAsync(CancellationToken.None);
        foreach (var letter in letters.Where(one => !one.Value.SendAgain).Take(letters.Count - WebhookStore.MostDead))
        {
            await store.EditDeadLetterAsync(letter, isDeleted: true, worker.Id, change: null, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Posted to {Webhook}: {Change}")]
        public static partial void Sent(ILogger logger, string webhook, string change);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Not posted to {Webhook}, tried again later: {Change}; {Problem}")]
        public static partial void NotSent(ILogger logger, string webhook, string change, string problem);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "Given up to post to {Webhook} after {Attempts} tries: {Change}; {Problem}")]
        public static partial void GivenUp(ILogger logger, string webhook, string change, int attempts, string problem);
    }

    /// <summary>What waits for one receiver, oldest first, and how the receiver is doing.</summary>
    private sealed class Line(string name, List<WebhookDelivery> waiting, WebhookReceiver? receiver)
    {
        private readonly LinkedList<WebhookDelivery> _waiting = new(waiting);

        public string Name => name;

        public int Count => _waiting.Count;

        public WebhookDelivery? First => _waiting.First?.Value;

        public WebhookReceiver? Receiver { get; private set; } = receiver;

        public List<WebhookDelivery> Dead { get; } = [];

        public bool IsChanged { get; private set; }

        public IEnumerable<WebhookDelivery> Waiting => _waiting;

        public void Taken(WebhookDelivery delivery, DateTimeOffset now)
        {
            IsChanged = true;
            _waiting.RemoveFirst();
            Receiver = Receiver is { } one
                ? one with { TakenAt = now, Taken = $"{delivery.Change.Event} {delivery.Change.Provider}" }
                : null;
        }

        public void Failed(WebhookDelivery delivery, string problem, DateTimeOffset now, TimeSpan giveUp)
        {
            IsChanged = true;
            _waiting.RemoveFirst();
            var attempts = delivery.Attempts + 1;
            var failed = delivery with { Attempts = attempts, NotBefore = now + AlertRunner.BackOff(attempts), Problem = problem };
            if (now - delivery.At > giveUp)
            {
                Dead.Add(failed);
            }
            else
            {
                _waiting.AddFirst(failed);
            }

            Receiver = Receiver is { } one
                ? one with { FailedAt = now, Failure = $"{delivery.Change.Event} {delivery.Change.Provider}: {problem}" }
                : null;
        }

        public void GiveUpBefore(DateTimeOffset instant, string why)
        {
            while (First is { } first && first.At < instant)
            {
                GiveUpFirst(why);
            }
        }

        public void GiveUpFirst(string why)
        {
            IsChanged = true;
            var first = _waiting.First!.Value;
            _waiting.RemoveFirst();
            Dead.Add(first with { Problem = first.Problem.Length > 0 ? $"{why}; {first.Problem}" : why });
        }
    }
}
