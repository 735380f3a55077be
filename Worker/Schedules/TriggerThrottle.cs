using System.Collections.Concurrent;

namespace Rates.Worker;

/// <summary>Limits how often the triggers of a provider reach the store and the source. Measured on the monotonic clock.</summary>
internal sealed class TriggerThrottle(TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (long Mark, bool IsFetch)> _last = new(StringComparer.Ordinal);

    /// <summary>Null when <paramref name="provider"/> may be looked at now, which this call records; else how long to wait.</summary>
    /// <param name="provider">Its key.</param>
    /// <param name="gap">
    /// Least time since its last fetch began, as its schedule has it now: a shorter one that an operator sets is in force at once.
    /// </param>
    public TimeSpan? Enter(string provider, TimeSpan gap)
    {
        if (_last.TryGetValue(provider, out var last)
            && (last.IsFetch ? gap : BetweenLooks) - time.GetElapsedTime(last.Mark) is var left && left > TimeSpan.Zero)
        {
            return left;
        }

        _last[provider] = (time.GetTimestamp(), IsFetch: false);
        return null;
    }

    /// <summary>Records that a fetch of <paramref name="provider"/> begins.</summary>
    public void FetchBegins(string provider) => _last[provider] = (time.GetTimestamp(), IsFetch: true);
}
