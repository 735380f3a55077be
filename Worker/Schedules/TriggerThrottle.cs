using System.Collections.Concurrent;

namespace Rates.Worker;

/// <summary>Limits how often the triggers of a provider reach the store and the source. Measured on the monotonic clock.</summary>
internal sealed class TriggerThrottle(TimeProvider time)
{
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (long Mark, TimeSpan Closed)> _closed = new(StringComparer.Ordinal);

    /// <summary>Null when <paramref name="provider"/> may be looked at now, which this call records; else how long to wait.</summary>
    public TimeSpan? Enter(string provider)
    {
        if (_closed.TryGetValue(provider, out var last) && last.Closed - time.GetElapsedTime(last.Mark) is var left && left > TimeSpan.Zero)
        {
            return left;
        }

        HoldBack(provider, LeastGap);
        return null;
    }

    /// <summary>Holds the provider's triggers back for <paramref name="gap"/>, since a fetch begins.</summary>
    public void HoldBack(string provider, TimeSpan gap) => _closed[provider] = (time.GetTimestamp(), gap);
}
