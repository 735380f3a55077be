using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Records whether the store can be reached, as all parts of this worker report it, and logs each change once.</summary>
internal sealed partial class StoreAvailability(
    IStoreCheck store, WorkerMetrics metrics, TimeProvider time, ILogger<StoreAvailability> logger)
{
    private int _lost;
    private Loss? _loss;

    /// <summary>How long to wait before asking again.</summary>
    public static TimeSpan Retry { get; } = TimeSpan.FromSeconds(3);

    /// <summary>False after a call failed, until one succeeds.</summary>
    public bool IsUp => Volatile.Read(ref _lost) == 0;

    /// <summary>When the first call failed, UTC, by this machine's clock; null while the store answers.</summary>
    public DateTimeOffset? LostSince => IsUp ? null : Volatile.Read(ref _loss)?.Since;

    /// <summary>What the first failed call said; empty while the store answers.</summary>
    public string Problem => IsUp ? "" : Volatile.Read(ref _loss)?.Problem ?? "";

    /// <summary>Records that a call to the store failed.</summary>
    public void Lost(StoreUnavailableException problem)
    {
        Interlocked.CompareExchange(ref _loss, new(time.GetUtcNow(), problem.Message), null);
        if (Interlocked.Exchange(ref _lost, 1) == 0)
        {
            metrics.StoreUp(false);
            if (store.WriteProblem is null)
            {
                Log.Lost(logger, store.Location, problem.Message);
            }
            else
            {
                Log.ReadOnly(logger, store.Location, problem.Message);
            }
        }
    }

    /// <summary>
    /// Records that a call to the store succeeded. A store that answers reads and refuses writes stays lost until it takes a write.
    /// </summary>
    public void Found()
    {
        if (store.WriteProblem is null && Interlocked.Exchange(ref _lost, 0) == 1)
        {
            Volatile.Write(ref _loss, null);
            metrics.StoreUp(true);
            Log.Found(logger, store.Location);
        }
    }

    /// <summary>Since when the store cannot be reached, and why.</summary>
    private sealed record Loss(DateTimeOffset Since, string Problem);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The store at {Location} cannot be reached: nothing is fetched until it answers ({Problem})")]
        public static partial void Lost(ILogger logger, string location, string problem);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "The store at {Location} takes no writes: nothing is fetched until it does, and what it has is still answered "
                + "({Problem})")]
        public static partial void ReadOnly(ILogger logger, string location, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "The store at {Location} answers again")]
        public static partial void Found(ILogger logger, string location);
    }
}
