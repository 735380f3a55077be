using Quartz;
using Rates.Worker.Scheduling;

namespace Rates.Worker.Prefetching;

/// <summary>What an alarm starts: take a turn if there is one to be had, use it, close it; look again when that is due.</summary>
[DisallowConcurrentExecution]
internal sealed class PrefetchJob(
    ScheduleTable table, Turns turns, Prefetch prefetch, TurnClosing closing, Alarms alarms, StopToken stop, TimeProvider time) : IJob
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

    private async Task<FetchEnding> UseAsync(Turn turn)
    {
        using var budget = new CancellationTokenSource(turn.Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, budget.Token);
        try
        {
            return await prefetch.RunAsync(turn, either.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return FetchEnding.Released;
        }
        catch (Exception problem)
        {
            // The one place: whatever went wrong ends as a visible state of the provider, and never ends the worker.
            return Reaction.To(problem, turn, time.GetUtcNow());
        }
    }
}
