using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks every five seconds at all providers and posts what changed to the receivers of webhooks, at least once each. Of all workers one
/// does each look: the one that the store lets.
/// </summary>
/// <remarks>
/// A look goes on while a receiver is waited for, and others are posted to meanwhile, also what changes then: a slow receiver holds
/// nobody up.
/// </remarks>
internal sealed class DeliveryRunner(
    WebhookTable table, ChangeLook changes, DeliveryRound round, IClaims claims, WebhookStore store, StoreAvailability availability,
    WorkerOptions worker, StoreClock time, ILogger<DeliveryRunner> logger)
    : ClaimedLooks(ClaimName, Interval, Lease, claims, availability, worker, time, logger)
{
    /// <summary>The name that looks are claimed under, beside the keys of providers.</summary>
    public const string ClaimName = "rates-webhooks";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // The base class cancels what goes on for longer.
    private static readonly TimeSpan LookFor = Lease - TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<bool> _never = new();

    private bool _hadReceivers;

    /// <inheritdoc/>
    protected override async ValueTask<bool> HasReceiversAsync(CancellationToken cancellationToken)
    {
        // After the last receiver is gone one more look forgets what was remembered.
        var had = _hadReceivers;
        _hadReceivers = (await table.ReadAsync(cancellationToken)).Count > 0;
        return _hadReceivers || had;
    }

    /// <inheritdoc/>
    protected override async Task LookUnderClaimAsync(CancellationToken cancellationToken)
    {
        var posts = new DeliveryPosts(round, Time, Time.GetUtcNow() + LookFor);
        using var tick = new PeriodicTimer(Interval, Time);
        var lookAgain = tick.WaitForNextTickAsync(CancellationToken.None).AsTask();
        var waiting = await changes.RunAsync(cancellationToken);
        try
        {
            while (waiting is { } present && await SettleAsync(present, posts) is { } settled && posts.Begin(settled, cancellationToken))
            {
                await Task.WhenAny([lookAgain, .. posts.Running]);
                waiting = settled;
                if (lookAgain.IsCompleted)
                {
                    // Near the end there is no further look: what is being posted is waited for.
                    var hasTime = posts.HasTimeFor(Interval);
                    waiting = hasTime ? await changes.RunAsync(cancellationToken) : settled;
                    lookAgain = hasTime ? tick.WaitForNextTickAsync(CancellationToken.None).AsTask() : _never.Task;
                }
            }
        }
        finally
        {
            // What is not stored, because the store is away or another worker was first, is posted again.
            await Task.WhenAll((IEnumerable<Task>)posts.Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // After each part is stored what is left, so that a worker that ends here leaves little to be posted twice. Also after the look's own
    // deadline: what was posted must not be posted again. Null when another worker has stored something meanwhile.
    private async Task<WaitingChanges?> SettleAsync(WaitingChanges waiting, DeliveryPosts posts)
    {
        var memory = await posts.SettleAsync(waiting);
        if (ReferenceEquals(memory, waiting.Memory))
        {
            return waiting;
        }

        return await store.StoreMemoryAsync(memory, waiting.Revision, WorkerId, CancellationToken.None) is { } revision
            ? waiting with { Memory = memory, Revision = revision }
            : null;
    }
}
