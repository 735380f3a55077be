using Rates.Store;

namespace Rates.Worker;

/// <summary>Delays the first fetch of each provider after a start by a different time, so that not all are fetched at one moment.</summary>
internal static class StartJitter
{
    /// <summary>A delay from 0 to less than <paramref name="window"/>; the same for a key on every worker.</summary>
    public static TimeSpan Of(string key, TimeSpan window) =>
        TimeSpan.FromTicks((long)(window.Ticks * (Int128)StableHash.Of(key) >> 32));
}
