namespace Rates.Api.Tests;

/// <summary>A clock that stands until it is moved; timers fire when it passes them.</summary>
internal sealed class FakeTime(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer fires.</summary>
    public DateTimeOffset NextDue
    {
        get
        {
            lock (_lock)
            {
                return _alarms.Select(alarm => alarm.DueAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Moves the clock and fires what came due.</summary>
    public void Advance(TimeSpan span)
    {
        List<Alarm> due;
        lock (_lock)
        {
            _now += span;
            due = [.. _alarms.Where(alarm => alarm.DueAt <= _now)];
            foreach (var alarm in due)
            {
                alarm.DueAt = alarm.Period > TimeSpan.Zero ? _now + alarm.Period : DateTimeOffset.MaxValue;
            }
        }

        foreach (var alarm in due)
        {
            alarm.Fire();
        }
    }

    private sealed class Alarm(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; } = DateTimeOffset.MaxValue;

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                DueAt = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : time._now + dueTime;
                Period = period;
                if (!time._alarms.Contains(this))
                {
                    time._alarms.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
