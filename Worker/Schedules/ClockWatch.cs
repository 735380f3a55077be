namespace Rates.Worker;

/// <summary>Detects that the wall clock was set or the machine slept, by comparing the wall clock with the monotonic clock.</summary>
/// <remarks>Triggers wait for wall times: after the clock was set back by an hour they would fire an hour late.</remarks>
internal sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _mark = time.GetTimestamp();

    /// <summary>How far the wall clock was set since the last look; null when it was not.</summary>
    public TimeSpan? Step()
    {
        var (wall, mark) = (time.GetUtcNow(), time.GetTimestamp());
        var step = wall - _wall - time.GetElapsedTime(_mark, mark);
        (_wall, _mark) = (wall, mark);
        return step.Duration() > Tolerance ? step : null;
    }
}
