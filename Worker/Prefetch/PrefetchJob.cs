using Quartz;

namespace Rates.Worker;

/// <summary>What an alarm starts: take a turn if there is one to be had, use it, close it; look again when that is due.</summary>
[DisallowConcurrentExecution]
internal sealed class PrefetchJob(
    ScheduleTable table, SlotClaimer turns, FetchRunner runner, PrefetchTriggers alarms, StopToken stop) : IJob
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
            await alarms.SetAsync(provider, schedule, CancellationToken.None);
        }

        var (turn, again) = await turns.TakeAsync(provider, CancellationToken.None);
        if (turn is not null)
        {
            (_, again) = await runner.RunAsync(turn);
        }

        if (again is { } wait && !stop.IsStopping)
        {
            await alarms.AgainAsync(provider, wait, CancellationToken.None);
        }
    }
}
