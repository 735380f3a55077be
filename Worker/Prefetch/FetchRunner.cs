namespace Rates.Worker;

/// <summary>Uses a claimed slot and closes it, whatever comes of it.</summary>
internal sealed class FetchRunner(Prefetch prefetch, FetchRecorder closing, StopToken stop, TimeProvider time)
{
    /// <summary>What came of it, and after how long to look at the provider again; null for not before the next alarm.</summary>
    public async Task<(FetchResult Result, TimeSpan? Again)> RunAsync(ClaimedSlot turn)
    {
        var result = await UseAsync(turn);
        return (result, await closing.CloseAsync(turn, result, CancellationToken.None));
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
