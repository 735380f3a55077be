using System.Threading.Channels;

namespace Rates.Worker;

/// <summary>Waits for a signal or for the next tick of a timer. Signals that arrive while nobody waits count as one.</summary>
internal sealed class Wakeup(TimeSpan tick, TimeProvider time) : IDisposable
{
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PeriodicTimer _timer = new(tick, time);
    private Task<bool>? _tick;
    private Task<bool>? _hint;

    /// <summary>Ends the wait that is running, or else the next one.</summary>
    public void Hint() => _hints.Writer.TryWrite(true);

    /// <summary>Waits. True for a hint, false for a tick.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        _tick ??= _timer.WaitForNextTickAsync(cancellationToken).AsTask();
        _hint ??= _hints.Reader.ReadAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(_tick, _hint) == _hint)
        {
            var hinted = _hint;
            _hint = null;
            return await hinted;
        }

        await _tick;
        _tick = null;
        return false;
    }

    public void Dispose() => _timer.Dispose();
}
