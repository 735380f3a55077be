using Microsoft.Extensions.Hosting;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// The base class of services that look into the store once a second, and as soon as the store tells that something has changed.
/// </summary>
/// <param name="availability">Told when the store cannot be reached; the next look tries again.</param>
/// <param name="time">The clock of the ticks.</param>
internal abstract class StoreFollower(StoreAvailability availability, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Wakeup _wakeup = new(Tick, time);
    private IAsyncDisposable? _watch;

    /// <summary>Told when the store cannot be reached.</summary>
    protected StoreAvailability Availability => availability;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wakeup.Dispose();
        base.Dispose();
    }

    /// <summary>Begins to have <see cref="Signal"/> called when something has changed; the result ends it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; it is tried again before the next look.</exception>
    protected abstract Task<IAsyncDisposable> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Looks once.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; the next look tries again.</exception>
    protected abstract Task LookAsync(CancellationToken stoppingToken);

    /// <summary>Has the next look begin without waiting.</summary>
    protected void Signal() => _wakeup.Signal();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                _watch ??= await WatchAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }

            await _wakeup.WaitAsync(stoppingToken);
        }
    }
}
