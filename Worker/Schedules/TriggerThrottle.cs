using System.Collections.Concurrent;

namespace Rates.Worker;

/// <summary>Keeps a storm of firings away from the store and from sources, whatever caused it. Measured on the monotonic clock.</summary>
internal sealed class TriggerThrottle(TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (long Mark, TimeSpan Closed)> _closed = new(StringComparer.Ordinal);

    /// <summary>Null when <paramref name="provider"/> may be looked at now, which this takes note of; else how long to wait.</summary>
    public TimeSpan? Enter(string provider)
    {
        if (_closed.TryGetValue(provider, out var last) && last.Closed - time.GetElapsedTime(last.Mark) is var left && left > TimeSpan.Zero)
        {
            return left;
        }

        Close(provider, BetweenLooks);
        return null;
    }

    /// <summary>Lets nothing in for <paramref name="gap"/>: a fetch begins.</summary>
    public void Close(string provider, TimeSpan gap) => _closed[provider] = (time.GetTimestamp(), gap);
}
