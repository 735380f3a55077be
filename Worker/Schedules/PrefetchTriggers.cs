using Quartz;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Sets the Quartz triggers that start fetches on this worker. They only start a try: which worker may fetch is decided by the store.
/// </summary>
internal sealed class PrefetchTriggers(ISchedulerFactory schedulers, StoreClock time)
{
    private const string Jobs = "prefetch";
    private const string Regular = "schedule";
    private const string Single = "again";

    /// <summary>
    /// Sets the regular trigger of <paramref name="provider"/> to the schedule's next instant, in place of the one before. It fires
    /// once.
    /// </summary>
    public Task SetAsync(string provider, ProviderSchedule schedule, CancellationToken cancellationToken) =>
        schedule.Due.NextAfter(time.GetUtcNow()) is { } next
            ? SetAsync(provider, Regular, next, cancellationToken)
            : RemoveAsync(provider, cancellationToken);

    /// <summary>Removes the regular trigger.</summary>
    public async Task RemoveAsync(string provider, CancellationToken cancellationToken) =>
        await (await schedulers.GetScheduler(cancellationToken)).UnscheduleJob(new TriggerKey(provider, Regular), cancellationToken);

    /// <summary>Tries <paramref name="provider"/> once after <paramref name="wait"/>, in place of any such trigger before.</summary>
    public Task TriggerOnceAsync(string provider, TimeSpan wait, CancellationToken cancellationToken) =>
        SetAsync(provider, Single, time.GetUtcNow() + wait, cancellationToken);

    private async Task SetAsync(string provider, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var job = new JobKey(provider, Jobs);
        if (!await scheduler.Exists(job, cancellationToken))
        {
            await scheduler.AddJob(
                JobBuilder.Create<PrefetchJob>().WithIdentity(job).StoreDurably().Build(), new AddJobOptions { Replace = true },
                cancellationToken);
        }

        // A trigger on the system clock would fire hundreds of thousands of times when the clock is set.
        var trigger = TriggerBuilder.Create(time).WithIdentity(provider, name).ForJob(job).StartAt(time.ToMachine(at)).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }
}
