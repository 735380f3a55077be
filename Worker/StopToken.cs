using Microsoft.Extensions.Hosting;

namespace Rates.Worker;

/// <summary>Lets running fetches go on for a while when the worker is told to stop, then ends them.</summary>
internal sealed class StopToken : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _told;
    private readonly CancellationToken _stopping;

    public StopToken(IHostApplicationLifetime lifetime, WorkerOptions options, TimeProvider time)
    {
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = lifetime.ApplicationStopping;
        _told = _stopping.Register(() => _end.CancelAfter(options.StopWithin));
    }

    /// <summary>Cancelled when running fetches must end.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>True when nothing new is to be begun.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    public void Dispose()
    {
        _told.Dispose();
        _end.Dispose();
    }
}
