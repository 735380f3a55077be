using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Keeps whether the store answers, as all parts of this worker report it; a change is logged once.</summary>
internal sealed partial class StoreAvailability(IStoreCheck store, WorkerMetrics metrics, ILogger<StoreAvailability> logger)
{
    private int _lost;

    /// <summary>How long to wait before asking again.</summary>
    public static TimeSpan Retry { get; } = TimeSpan.FromSeconds(3);

    /// <summary>False while the last call failed.</summary>
    public bool IsUp => Volatile.Read(ref _lost) == 0;

    /// <summary>A call failed.</summary>
    public void Lost(StoreUnavailableException problem)
    {
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

    /// <summary>A call succeeded. A store that answers reads and refuses writes stays lost until it takes a write.</summary>
    public void Found()
    {
        if (store.WriteProblem is null && Interlocked.Exchange(ref _lost, 0) == 1)
        {
            metrics.StoreUp(true);
            Log.Found(logger, store.Location);
        }
    }

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
