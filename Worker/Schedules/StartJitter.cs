using Rates.Store;

namespace Rates.Worker;

/// <summary>Spreads what would all happen at once.</summary>
internal static class StartJitter
{
    /// <summary>The key's place in the window, from 0 to just below <paramref name="window"/>; the same on every worker, always.</summary>
    public static TimeSpan Of(string key, TimeSpan window) =>
        TimeSpan.FromTicks((long)(window.Ticks * (Int128)StableHash.Of(key) >> 32));
}
