using Quartz;

namespace Rates.Worker;

/// <summary>
/// The Quartz job that a trigger starts: claims a provider that is due, fetches it, records the result, and sets a trigger for another try
/// if one is due.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PrefetchJob(
    ScheduleTable table, SlotClaimer claimer, FetchRunner runner, PrefetchTriggers triggers, StopToken stop) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var provider = context.JobDetail.Key.Name;
        if (stop.IsStopping)
        {
            return;
        }

        if (table.Find(provider) is { } schedule)
        {
            await triggers.SetAsync(provider, schedule, CancellationToken.None);
        }

        var (slot, again) = await claimer.ClaimAsync(provider, CancellationToken.None);
        if (slot is not null)
        {
            (_, again) = await runner.RunAsync(slot);
        }

        if (again is { } wait && !stop.IsStopping)
        {
            await triggers.TriggerOnceAsync(provider, wait, CancellationToken.None);
        }
    }
}
