using Quartz;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The alarm clock: Quartz triggers of this worker's memory. Who may fetch is for the store to say, not for them.</summary>
internal sealed class PrefetchTriggers(ISchedulerFactory schedulers, TimeProvider time)
{
    private const string Jobs = "prefetch";
    private const string Regular = "schedule";
    private const string Single = "again";

    /// <summary>Sets the regular alarm of <paramref name="provider"/> to the schedule's next instant, in place of the one before. It rings once.</summary>
    public Task SetAsync(string provider, ProviderSchedule schedule, CancellationToken cancellationToken) =>
        schedule.Due.NextAfter(time.GetUtcNow()) is { } next ? SetAsync(provider, Regular, next, cancellationToken) : RemoveAsync(provider, cancellationToken);

    /// <summary>Removes the regular alarm.</summary>
    public async Task RemoveAsync(string provider, CancellationToken cancellationToken) =>
        await (await schedulers.GetScheduler(cancellationToken)).UnscheduleJob(new TriggerKey(provider, Regular), cancellationToken);

    /// <summary>Looks at <paramref name="provider"/> once more after <paramref name="wait"/>, in place of any such alarm before.</summary>
    public Task AgainAsync(string provider, TimeSpan wait, CancellationToken cancellationToken) =>
        SetAsync(provider, Single, time.GetUtcNow() + wait, cancellationToken);

    private async Task SetAsync(string provider, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var job = new JobKey(provider, Jobs);
        if (!await scheduler.Exists(job, cancellationToken))
        {
            await scheduler.AddJob(
                JobBuilder.Create<PrefetchJob>().WithIdentity(job).StoreDurably().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        }

        // On the system clock a jump of the clock fires a trigger hundreds of thousands of times.
        var trigger = TriggerBuilder.Create(time).WithIdentity(provider, name).ForJob(job).StartAt(at).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }
}
