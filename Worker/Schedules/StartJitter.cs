namespace Rates.Worker;

/// <summary>Spreads what would all happen at once.</summary>
internal static class StartJitter
{
    /// <summary>The key's place in the window, from 0 to just below <paramref name="window"/>; the same on every worker, always.</summary>
    public static TimeSpan Of(string key, TimeSpan window)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = key.Aggregate(2_166_136_261u, (sum, letter) => unchecked((sum ^ letter) * 16_777_619u));
        return TimeSpan.FromTicks((long)(window.Ticks * (Int128)hash >> 32));
    }
}
