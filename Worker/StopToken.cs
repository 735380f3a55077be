using Microsoft.Extensions.Hosting;

namespace Rates.Worker;

/// <summary>Lets running fetches continue for a limited time when the worker stops, then cancels them.</summary>
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

    /// <summary>True when no new fetch may begin.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    public void Dispose()
    {
        _told.Dispose();
        _end.Dispose();
    }
}
