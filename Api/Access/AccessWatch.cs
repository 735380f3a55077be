namespace Rates.Api;

/// <summary>
/// Ends an answer that goes on for long, such as a stream of events, when its caller's access ends: the key is revoked or expires, the
/// user is deleted, or the role or password changes. A caller that may still read connects again.
/// </summary>
internal sealed class AccessWatch(AccessDirectory directory, TimeProvider time)
{
    // A timer takes no longer span than 49 days; the expiry is looked at again after this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Runs an answer.</summary>
    /// <param name="caller">Who is answered; an anonymous caller has no access that could end.</param>
    /// <param name="answer">The answer; its token is cancelled when the access ends.</param>
    /// <param name="cancellationToken">Ends the answer for any other reason.</param>
    public async Task RunAsync(Caller caller, Func<CancellationToken, Task> answer, CancellationToken cancellationToken)
    {
        if (caller.Revision == 0)
        {
            await answer(cancellationToken);
            return;
        }

        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = CancelAtEndAsync(caller, until);
        try
        {
            await answer(until.Token);
        }
        finally
        {
            await until.CancelAsync();
            await watching;
        }
    }

    private async Task CancelAtEndAsync(Caller caller, CancellationTokenSource until)
    {
        while (!until.IsCancellationRequested)
        {
            // Taken before the look, so that no change is missed.
            var changed = directory.NextChange;
            var left = caller.Key?.ExpiresAt - time.GetUtcNow() ?? LongestWait;
            if (left <= TimeSpan.Zero || directory.Current?.Has(caller) != true)
            {
                await until.CancelAsync();
                return;
            }

            await changed.WaitAsync(left < LongestWait ? left : LongestWait, time, until.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
