using Microsoft.Extensions.Hosting;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The base class of services that read something from the store in regular intervals, and at once when they start.</summary>
/// <param name="interval">The time between two readings.</param>
/// <param name="availability">Told when the store cannot be reached; the next reading tries again.</param>
/// <param name="time">The clock of the intervals.</param>
internal abstract class RegularReading(TimeSpan interval, StoreAvailability availability, TimeProvider time) : BackgroundService
{
    /// <summary>Reads once.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    protected abstract Task ReadOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await ReadOnceAsync(stoppingToken);
                availability.Found();
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
