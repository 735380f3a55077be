using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Posts some messages to one receiver, and stores those that are given up.</summary>
internal sealed partial class DeliveryRound(
    WebhookStore store, WorkerOptions worker, WorkerMetrics metrics, StoreClock time, ILogger<DeliveryRound> logger)
{
    /// <summary>
    /// Messages that are posted before it is stored what is left: at most so many come twice when a worker ends meanwhile.
    /// </summary>
    public const int MostOfOne = 20;

    // It is stored what is left after so long, also when fewer were posted.
    private static readonly TimeSpan PostFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeastExpected = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the next answer of a receiver may take, by how long the last one took; zero for one that has not answered yet.
    /// </summary>
    /// <remarks>
    /// What would not end before the look does is not begun: it would be posted again. Who has not answered yet is not known to be slow.
    /// </remarks>
    public static TimeSpan Expected(TimeSpan last) => last > LeastExpected ? last : LeastExpected;

    /// <summary>Posts in order: after a message that was not taken, later ones wait until it is tried again.</summary>
    public async Task<DeliveryPart> PostAsync(
        Webhook receiver, IReadOnlyList<WebhookDelivery> messages, DateTimeOffset end, CancellationToken cancellationToken)
    {
        List<WebhookDelivery> taken = [];
        var (failed, took, began) = (default(WebhookDelivery), TimeSpan.Zero, time.GetTimestamp());
        foreach (var message in messages)
        {
            if (taken.Count > 0 && (time.GetElapsedTime(began) > PostFor || time.GetUtcNow() + Expected(took) >= end))
            {
                break;
            }

            var asked = time.GetTimestamp();
            var (isTaken, after) = await PostAsync(receiver, message, cancellationToken);
            took = time.GetElapsedTime(asked);
            if (!isTaken)
            {
                failed = after;
                break;
            }

            taken.Add(message);
        }

        return new(receiver.Name, [.. messages.Select(one => one.Id)], taken, failed, took);
    }

    /// <summary>Stores what is given up. Operators see it on the page, by command, by the interface and in the record of changes.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be stored.</exception>
    public async Task BuryAsync(IReadOnlyList<WebhookDelivery> dead)
    {
        foreach (var one in dead)
        {
            metrics.WebhookGivenUp(one.Subscription);
            Log.GivenUp(logger, one.Subscription, DeliveryPart.NameOf(one), one.Attempts, one.Problem);
            await store.EditDeadLetterAsync(
                new(0, new(one, time.GetUtcNow(), SendAgain: false)), isDeleted: false, worker.Id,
                ($"{DeliveryPart.NameOf(one)} {one.Id}", $"given up after {one.Attempts} tries: {one.Problem}"),
                CancellationToken.None);
        }

        // One that an operator wants posted again is no more in the list at the next look.
        var letters = dead.Count == 0 ? [] : await store.ReadDeadLettersAsync(CancellationToken.None);
        foreach (var letter in letters.Where(one => !one.Value.SendAgain).Take(letters.Count - WebhookStore.MostDead))
        {
            await store.EditDeadLetterAsync(letter, isDeleted: true, worker.Id, change: null, CancellationToken.None);
        }
    }

    // After: the message as it waits then; null when the look ended meanwhile: it stays as it is, and its receiver is not to blame.
    private async Task<(bool IsTaken, WebhookDelivery? After)> PostAsync(
        Webhook receiver, WebhookDelivery message, CancellationToken cancellationToken)
    {
        var (change, name) = (DeliveryPart.NameOf(message), receiver.Name);
        try
        {
            await receiver.SendAsync(message.Id, message.Change, time, cancellationToken);
        }
        catch (AlertException problem)
        {
            metrics.WebhookPosted(name, isTaken: false);
            Log.NotSent(logger, name, change, problem.Message);
            var attempts = message.Attempts + 1;
            return (false, message with
            {
                Attempts = attempts,
                NotBefore = time.GetUtcNow() + AlertRunner.BackOff(attempts),
                Problem = problem.Message,
            });
        }
        catch (OperationCanceledException)
        {
            return (false, null);
        }

        metrics.WebhookPosted(name, isTaken: true);
        Log.Sent(logger, name, change);
        return (true, message);
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
}
