namespace Rates.Worker;

/// <summary>Spreads the first fetches over time.</summary>
internal static class StartJitter
{
    /// <summary>A delay from 0 to less than <paramref name="window"/>; the same for a key on every worker.</summary>
    public static TimeSpan Of(string key, TimeSpan window)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = key.Aggregate(2_166_136_261u, (sum, letter) => unchecked((sum ^ letter) * 16_777_619u));
        return TimeSpan.FromTicks((long)(window.Ticks * (Int128)hash >> 32));
    }
}
