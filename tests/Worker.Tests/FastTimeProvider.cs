namespace Rates.Worker.Tests;

/// <summary>A clock on which everything takes a fraction of its time: deadlines and pauses of seconds can be waited for.</summary>
/// <param name="start">What it shows when it is made.</param>
/// <param name="times">How much faster than the world it runs.</param>
internal sealed class FastTimeProvider(DateTimeOffset start, int times) : TimeProvider
{
    private readonly long _mark = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => start + GetElapsedTime(0);

    public override long GetTimestamp() => (System.GetTimestamp() - _mark) * times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    private TimeSpan Real(TimeSpan span) => span > TimeSpan.Zero ? span / times : span;

    private sealed class FastTimer(ITimer timer, FastTimeProvider clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
