namespace Rates.Channels;

/// <summary>The first failure of anything that belongs to one connection. Callbacks of a library report it from any thread.</summary>
internal sealed class Failure
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reports a failure; only the first one counts.</summary>
    public void Report(Exception failure) => _first.TrySetException(failure);

    /// <summary>Runs a callback of a library, and reports its failure.</summary>
    public void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    /// <summary>Runs a part of the connection's work until it is cancelled, and reports its failure.</summary>
    public async Task GuardAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    /// <summary>Waits for the first failure and throws it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task ThrowAsync(CancellationToken cancellationToken) => _first.Task.WaitAsync(cancellationToken);
}
