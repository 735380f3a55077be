using Rates.Store;

namespace Rates.Worker;

/// <summary>Decides which messages still wait, and which are given up.</summary>
internal static class WaitingMessages
{
    /// <summary>Messages that may wait for one receiver; the oldest are given up then.</summary>
    public const int MostOfOne = 1_000;

    /// <summary>Messages that may wait, of all receivers together; the oldest of the one that has most are given up then.</summary>
    public const int MostOfAll = 10_000;

    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);

    /// <summary>What waits after some parts were posted, and what is given up; the same memory when nothing changed.</summary>
    /// <param name="waiting">What waited.</param>
    /// <param name="ended">What was posted.</param>
    /// <param name="posting">The ids of what is being posted: it is not given up meanwhile.</param>
    /// <param name="now">The present instant.</param>
    public static (WebhookMemory Memory, IReadOnlyList<WebhookDelivery> Dead) Settle(
        WaitingChanges waiting, IReadOnlyList<DeliveryPart> ended, ISet<string> posting, DateTimeOffset now)
    {
        var memory = waiting.Memory;
        var taken = ended.SelectMany(part => part.Taken).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var failed = ended.Select(part => part.Failed).OfType<WebhookDelivery>().ToDictionary(one => one.Id, StringComparer.Ordinal);
        var (left, dead) = (new List<WebhookDelivery>(), new List<WebhookDelivery>());
        foreach (var one in memory.Outbox.Where(one => !taken.Contains(one.Id)))
        {
            var message = failed.GetValueOrDefault(one.Id, one);
            var why = WhyNever(waiting.Receivers.GetValueOrDefault(one.Subscription));
            if (now - message.At > GiveUp && (why is not null || message != one))
            {
                dead.Add(why is null ? message : GivenUp(message, why));
            }
            else
            {
                left.Add(message);
            }
        }

        GiveUpBeyond(left, dead, posting);
        if (ended.Count == 0 && dead.Count == 0)
        {
            return (memory, dead);
        }

        var parts = ended.ToDictionary(part => part.Name, StringComparer.Ordinal);
        return (
            memory with
            {
                Outbox = left,
                Receivers = memory.Receivers.ToDictionary(
                    one => one.Key, one => parts.GetValueOrDefault(one.Key)?.Remember(one.Value, now) ?? one.Value),
            },
            [.. dead.OrderBy(one => one.At)]);
    }

    private static string? WhyNever(Webhook? receiver) => receiver switch
    {
        null => "no worker has its receiver",
        { IsPaused: true } => "its receiver was paused",
        _ => null,
    };

    private static void GiveUpBeyond(List<WebhookDelivery> left, List<WebhookDelivery> dead, ISet<string> posting)
    {
        var over = new HashSet<string>(StringComparer.Ordinal);
        var lines = left.GroupBy(one => one.Subscription, StringComparer.Ordinal)
            .Select(line => (Free: new Queue<WebhookDelivery>(line.Where(one => !posting.Contains(one.Id))), Count: line.Count())).ToList();
        foreach (var (free, count) in lines)
        {
            Drop(free, count - MostOfOne, $"more than {MostOfOne} messages wait for its receiver");
        }

        for (var all = left.Count - over.Count - MostOfAll; all > 0 && lines.MaxBy(line => line.Free.Count).Free.Count > 0; all--)
        {
            Drop(lines.MaxBy(line => line.Free.Count).Free, 1, $"more than {MostOfAll} messages wait");
        }

        left.RemoveAll(one => over.Contains(one.Id));

        void Drop(Queue<WebhookDelivery> line, int count, string why)
        {
            for (; count > 0 && line.TryDequeue(out var oldest); count--)
            {
                over.Add(oldest.Id);
                dead.Add(GivenUp(oldest, why));
            }
        }
    }

    private static WebhookDelivery GivenUp(WebhookDelivery message, string why) =>
        message with { Problem = message.Problem.Length > 0 ? $"{why}; {message.Problem}" : why };
}
