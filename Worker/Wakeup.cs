using System.Threading.Channels;

namespace Rates.Worker;

/// <summary>Waits for a signal or for the next tick of a timer. Signals that arrive while nobody waits count as one.</summary>
internal sealed class Wakeup(TimeSpan tick, TimeProvider time) : IDisposable
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PeriodicTimer _timer = new(tick, time);
    private Task<bool>? _tick;
    private Task<bool>? _signal;

    /// <summary>Ends the wait that is running, or else the next one.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Waits. True for a signal, false for a tick.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        _tick ??= _timer.WaitForNextTickAsync(cancellationToken).AsTask();
        _signal ??= _signals.Reader.ReadAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(_tick, _signal) == _signal)
        {
            var signaled = _signal;
            _signal = null;
            return await signaled;
        }

        await _tick;
        _tick = null;
        return false;
    }

    public void Dispose() => _timer.Dispose();
}
