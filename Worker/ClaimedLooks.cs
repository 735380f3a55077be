using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// The base class of services that look at all providers in regular intervals and tell others about them. Of all workers one does each
/// look: the one that the store lets.
/// </summary>
/// <param name="name">The name that looks are claimed under, beside the keys of providers.</param>
/// <param name="interval">The time between two looks.</param>
/// <param name="lease">
/// How long a look is claimed for, at least 10 s: when its worker dies, another goes on after that. The look with all its sending ends
/// 5 s before.
/// </param>
/// <param name="claims">Gives the claims.</param>
/// <param name="availability">Told when the store cannot be reached; the next look tries again.</param>
/// <param name="worker">Who claims.</param>
/// <param name="time">The clock of looks and deadlines.</param>
/// <param name="logger">Where problems are logged.</param>
internal abstract partial class ClaimedLooks(
    string name, TimeSpan interval, TimeSpan lease, IClaims claims, StoreAvailability availability, WorkerOptions worker,
    TimeProvider time, ILogger logger)
    : BackgroundService
{
    // What was sent is stored before the claim could be given to another worker.
    private readonly TimeSpan _deadline = lease - TimeSpan.FromSeconds(5);

    /// <summary>True when there is somebody to tell; while there is nobody no look is made.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    protected abstract ValueTask<bool> HasReceiversAsync(CancellationToken cancellationToken);

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Where problems are logged.</summary>
    protected ILogger Logger => logger;

    /// <summary>The id of this worker.</summary>
    protected string WorkerId => worker.Id;

    /// <summary>One look: claims it, and does it. Does nothing when another worker has the claim.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var slot = new DateTimeOffset(now.Ticks - now.Ticks % interval.Ticks, TimeSpan.Zero);
        var claim = await claims.ClaimAsync(name, slot, new(worker.Id, lease, TimeSpan.Zero, MaxAttempts: 2), cancellationToken);
        if (claim.Verdict != ClaimVerdict.Granted)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(_deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await LookUnderClaimAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TooLong(logger, name, _deadline.TotalSeconds);
        }
        finally
        {
            await claims.FinishAsync(claim, new(SlotDone: true, Failed: false, null, null, null, null), CancellationToken.None);
        }
    }

    /// <summary>Looks and tells; no other worker does so at the same time.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    protected abstract Task LookUnderClaimAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(interval, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Without receivers the store may not have been asked, so that nothing is known of it.
                if (await HasReceiversAsync(stoppingToken))
                {
                    await LookAsync(stoppingToken);
                    availability.Found();
                }
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
            catch (CorruptSheetException problem)
            {
                Log.Corrupt(logger, name, problem.Message);
            }
        }
    }

    /// <summary>The log messages of this class.</summary>
    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: a look took more than {Seconds} s and goes on with the next one")]
        public static partial void TooLong(ILogger logger, string name, double seconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Name}: nothing is sent, because of {Problem}")]
        public static partial void Corrupt(ILogger logger, string name, string problem);
    }
}
