using Quartz;

namespace Rates.Worker;

/// <summary>
/// What a trigger starts: claim the due slot of a provider, fetch it, record the result, and set a trigger for another try if
/// one is due.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PrefetchJob(
    ScheduleTable table, SlotClaimer claimer, Prefetch prefetch, FetchRecorder recorder, PrefetchTriggers triggers, StopToken stop,
    TimeProvider time) : IJob
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
            again = await recorder.EndAsync(slot, await FetchAsync(slot), CancellationToken.None);
        }

        if (again is { } wait && !stop.IsStopping)
        {
            await triggers.TriggerOnceAsync(provider, wait, CancellationToken.None);
        }
    }

    private async Task<FetchResult> FetchAsync(ClaimedSlot slot)
    {
        using var budget = new CancellationTokenSource(slot.Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, budget.Token);
        try
        {
            return await prefetch.RunAsync(slot, either.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return FetchResult.Released;
        }
        catch (Exception problem)
        {
            // The only catch of everything: each failure is recorded for the provider, and none ends the worker.
            return FailurePolicy.To(problem, slot, time.GetUtcNow());
        }
    }
}
