using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// The posts of one look: of each receiver some messages in order, all receivers at the same time. A receiver that has answered goes on
/// while others are waited for.
/// </summary>
/// <param name="round">Posts, and stores what is given up.</param>
/// <param name="time">The clock.</param>
/// <param name="end">When the look ends.</param>
internal sealed class DeliveryPosts(DeliveryRound round, TimeProvider time, DateTimeOffset end)
{
    private readonly Dictionary<string, Task<DeliveryPart>> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _took = new(StringComparer.Ordinal);
    private readonly HashSet<string> _posting = new(StringComparer.Ordinal);

    /// <summary>What is being posted.</summary>
    public IEnumerable<Task<DeliveryPart>> Running => _running.Values;

    /// <summary>True when something may be begun that takes so long.</summary>
    public bool HasTimeFor(TimeSpan span) => time.GetUtcNow() + span < end;

    /// <summary>
    /// Begins to post what is due to receivers that nothing is being posted to; false when nothing is being posted at all.
    /// </summary>
    public bool Begin(WaitingChanges waiting, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var line in waiting.Memory.Outbox.GroupBy(one => one.Subscription, StringComparer.Ordinal))
        {
            if (!cancellationToken.IsCancellationRequested && !_running.ContainsKey(line.Key) && line.First().NotBefore <= now
                && waiting.Receivers.GetValueOrDefault(line.Key) is { IsPaused: false } receiver
                && HasTimeFor(DeliveryRound.Expected(_took.GetValueOrDefault(line.Key))))
            {
                WebhookDelivery[] part = [.. line.Take(DeliveryRound.MostOfOne)];
                _posting.UnionWith(part.Select(one => one.Id));
                _running[line.Key] = round.PostAsync(receiver, part, end, cancellationToken);
            }
        }

        return _running.Count > 0;
    }

    /// <summary>What is to be remembered after the parts that have ended; the same memory when nothing changed.</summary>
    /// <exception cref="StoreUnavailableException">What is given up cannot be stored.</exception>
    public async Task<WebhookMemory> SettleAsync(WaitingChanges waiting)
    {
        List<DeliveryPart> ended = [];
        foreach (var (name, task) in _running.Where(one => one.Value.IsCompleted).ToArray())
        {
            var part = await task;
            ended.Add(part);
            _took[name] = part.Took;
            _running.Remove(name);
            _posting.ExceptWith(part.Ids);
        }

        var (memory, dead) = WaitingMessages.Settle(waiting, ended, _posting, time.GetUtcNow());
        await round.BuryAsync(dead);
        return memory;
    }
}
