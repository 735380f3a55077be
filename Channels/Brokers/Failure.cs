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
            // Whatever it is, it ends the connection, and nobody above the library would see it.
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
            // As above: nobody awaits most of these tasks.
            Report(failure);
        }
    }

    /// <summary>Waits for the first failure and throws it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task ThrowAsync(CancellationToken cancellationToken) => _first.Task.WaitAsync(cancellationToken);

    /// <summary>The same; then ends what the connection does, and waits for the work beside it.</summary>
    /// <param name="beside">Work that <paramref name="ended"/> ends.</param>
    /// <param name="ended">Is cancelled in any case.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task ThrowAsync(Task beside, CancellationTokenSource ended, CancellationToken cancellationToken)
    {
        try
        {
            await ThrowAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await beside;
        }
    }
}
