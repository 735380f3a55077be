using Quartz;

namespace Rates.Worker;

/// <summary>What an alarm starts: take a turn if there is one to be had, use it, close it; look again when that is due.</summary>
[DisallowConcurrentExecution]
internal sealed class PrefetchJob(
    ScheduleTable table, SlotClaimer turns, Prefetch prefetch, FetchRecorder closing, PrefetchTriggers alarms, StopToken stop, TimeProvider time) : IJob
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
            again = await closing.CloseAsync(turn, await UseAsync(turn), CancellationToken.None);
        }

        if (again is { } wait && !stop.IsStopping)
        {
            await alarms.AgainAsync(provider, wait, CancellationToken.None);
        }
    }

    private async Task<FetchResult> UseAsync(ClaimedSlot turn)
    {
        using var budget = new CancellationTokenSource(turn.Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, budget.Token);
        try
        {
            return await prefetch.RunAsync(turn, either.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return FetchResult.Released;
        }
        catch (Exception problem)
        {
            // The one place: whatever went wrong ends as a visible state of the provider, and never ends the worker.
            return FailurePolicy.To(problem, turn, time.GetUtcNow());
        }
    }
}
