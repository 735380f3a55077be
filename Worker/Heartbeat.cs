using Microsoft.Extensions.Hosting;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Tells the store every ten seconds that this worker lives.</summary>
internal sealed class Heartbeat(IWorkers workers, StoreAvailability availability, WorkerOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>Between two beats.</summary>
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
