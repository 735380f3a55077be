using Microsoft.Extensions.Hosting;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Records every ten seconds in the store that this worker runs.</summary>
internal sealed class Heartbeat(
    IWorkers workers, StoreAvailability availability, WorkerOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two heartbeats.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await workers.BeatAsync(options.Id, stoppingToken);
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
