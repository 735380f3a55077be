using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The time at which an answer is sent, for its lifetime in caches, which is told in seconds. Reading the system's exact time costs more
/// than finding a kept answer does; this one is some milliseconds old at most. Long work is told that answers are being sent.
/// </summary>
internal sealed class AnswerClock(TimeProvider time)
{
    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);
    private Reading _last = new(long.MinValue, default);

    /// <summary>The time in UTC.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            // Another clock, such as that of a test, goes its own way.
            if (!_isSystem)
            {
                return time.GetUtcNow();
            }

            // Changes every few milliseconds, with the system's timer, and costs a tenth of the exact time.
            var tick = Environment.TickCount64;
            var last = Volatile.Read(ref _last);
            if (last.Tick != tick)
            {
                Volatile.Write(ref _last, last = new(tick, time.GetUtcNow()));
                LongWork.TellOfShortWork(tick);
            }

            return last.Time;
        }
    }

    private sealed record Reading(long Tick, DateTimeOffset Time);
}
