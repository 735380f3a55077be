using Microsoft.Extensions.Logging;

namespace Rates.Worker;

/// <summary>
/// A clock that follows the store's. Instants at which fetches are due, delays and stored instants are taken from it, so that a worker
/// whose own clock is wrong does the same as all others. Elapsed time and timers come from the machine.
/// </summary>
internal sealed partial class StoreClock(TimeProvider machine, ILogger<StoreClock> logger) : TimeProvider
{
    // More than an answer of the store may take: a smaller difference does not show that a clock is wrong.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    private long _ahead;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>How far the machine's clock is ahead of the store's clock; negative when it is behind, zero when they agree.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() - Ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>What the machine's clock shows at an instant of the store's clock.</summary>
    public DateTimeOffset ToMachine(DateTimeOffset instant) => instant + Ahead;

    /// <summary>
    /// Sets this clock to what the store's clock shows now. Logs when the machine's clock begins or ends to differ from it.
    /// </summary>
    public void Set(DateTimeOffset now)
    {
        var ahead = machine.GetUtcNow() - now;
        ahead = ahead.Duration() <= Tolerance ? TimeSpan.Zero : ahead;
        var before = Ahead;
        if (ahead == before || (ahead != TimeSpan.Zero && (ahead - before).Duration() <= Tolerance))
        {
            return;
        }

        Volatile.Write(ref _ahead, ahead.Ticks);
        if (ahead == TimeSpan.Zero)
        {
            Log.Right(logger);
        }
        else
        {
            Log.Wrong(logger, ahead.Duration(), ahead > TimeSpan.Zero ? "ahead of" : "behind");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "This machine's clock is {Difference} {Direction} the store's clock: "
                + "the worker goes by the store's clock. Set the machine's clock")]
        public static partial void Wrong(ILogger logger, TimeSpan difference, string direction);

        [LoggerMessage(Level = LogLevel.Information, Message = "This machine's clock agrees with the store's clock again")]
        public static partial void Right(ILogger logger);
    }
}
