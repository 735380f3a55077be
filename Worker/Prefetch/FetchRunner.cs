namespace Rates.Worker;

/// <summary>Fetches a provider that this worker has claimed, and records the result, also when the fetch fails.</summary>
internal sealed class FetchRunner(Prefetch prefetch, FetchRecorder recorder, StopToken stop, StoreClock time)
{
    /// <summary>The result, and after how long to try the provider again; null for not before the next trigger.</summary>
    public async Task<(FetchResult Result, TimeSpan? Again)> RunAsync(ClaimedSlot slot)
    {
        using var span = WorkerMetrics.StartFetch(slot);
        var result = await FetchAsync(slot);
        WorkerMetrics.EndFetch(span, result);
        return (result, await recorder.EndAsync(slot, result, CancellationToken.None));
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
