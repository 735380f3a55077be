namespace Rates.Store;

/// <summary>The greatest lengths of lists in the store that would otherwise grow without end.</summary>
internal static class StoreLimits
{
    /// <summary>Refused sheets per provider.</summary>
    public const int Quarantined = 20;

    /// <summary>Fetches in the stream of runs.</summary>
    public const int Runs = 10_000;

    /// <summary>Operator changes in the audit stream.</summary>
    public const int Audit = 100_000;

    /// <summary>Bytes of kept answers in memory, where there is no Redis.</summary>
    public const long Answers = 32 * 1024 * 1024;

    /// <summary>A worker without a heartbeat for this long is removed from the list.</summary>
    public static TimeSpan WorkerSilence { get; } = TimeSpan.FromMinutes(10);
}
