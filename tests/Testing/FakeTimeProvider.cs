namespace Rates.Testing;

/// <summary>A clock that stands still until it is moved; timers fire while it moves, in order.</summary>
/// <remarks>Written here because the framework's fake clock cannot set the wall clock without firing the timers in between.</remarks>
/// <param name="start">The time it shows at first.</param>
public sealed class FakeTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private TimeSpan _elapsed;
    private TimeSpan _set;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer fires, on this clock; the last possible instant when no timer is set.</summary>
    public DateTimeOffset NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count > 0 ? start + _set + _timers.Min(timer => timer.Due) : DateTimeOffset.MaxValue;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return start + _elapsed + _set;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the wall clock without any time passing.</summary>
    public void SetWall(TimeSpan by)
    {
        lock (_gate)
        {
            _set += by;
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_gate)
        {
            target = _elapsed + by;
        }

        while (TakeDue(target) is { } callback)
        {
            callback();
        }

        lock (_gate)
        {
            _elapsed = target;
        }
    }

    /// <summary>
    /// Lets time pass up to the next single timer, if one is due within <paramref name="reach"/>. Periodic timers never count: with one
    /// a slow machine would run the clock through the deadline of what it waits for.
    /// </summary>
    public void AdvanceToTimer(TimeSpan reach)
    {
        TimeSpan? wait;
        lock (_gate)
        {
            wait = _timers.Where(timer => timer.Period <= TimeSpan.Zero).MinBy(timer => timer.Due)?.Due - _elapsed;
        }

        if (wait <= reach)
        {
            Advance(wait.Value);
        }
    }

    private Action? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            if (_timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due) is not { } next)
            {
                return null;
            }

            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
            }
            else
            {
                _timers.Remove(next);
            }

            return next.Callback;
        }
    }

    private sealed class FakeTimer(FakeTimeProvider clock, Action callback) : ITimer
    {
        public Action Callback => callback;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                (Due, Period) = (clock._elapsed + dueTime, period);
                if (dueTime >= TimeSpan.Zero)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
