using Microsoft.Extensions.Hosting;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Tells the store every ten seconds that this worker lives.</summary>
internal sealed class Heartbeat(IRateWriter writer, StoreAvailability link, WorkerIdentity worker, TimeProvider time) : BackgroundService
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
                await writer.BeatAsync(worker.Id, stoppingToken);
                link.Found();
            }
            catch (StoreUnavailableException problem)
            {
                link.Lost(problem);
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
