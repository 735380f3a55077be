using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Works out which due instant of a provider's schedule (slot) is next and asks the store for the right to fetch it: over all workers, one
/// gets it.
/// </summary>
internal sealed partial class SlotClaimer(
    ScheduleTable table, TriggerThrottle throttle, ISheetReader sheets, IClaims claims, StoreAvailability availability,
    WorkerOptions options,
    WorkerMetrics metrics, StoreClock time, ILogger<SlotClaimer> logger)
{
    // While another worker holds the claim, it may end at any moment.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ClockWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RepairWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The claimed slot, or null; and after how long to try again, null for not before the next trigger.
    /// </summary>
    public async Task<(ClaimedSlot? ClaimedSlot, TimeSpan? Again)> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        if (!table.Fetched.TryGetValue(key, out var provider))
        {
            return default;
        }

        if (throttle.Enter(key, MinimumGap(table.Find(key))) is { } closed)
        {
            return (null, closed);
        }

        try
        {
            var taken = await AskAsync(provider, cancellationToken);
            availability.Found();
            return taken;
        }
        catch (StoreUnavailableException problem)
        {
            availability.Lost(problem);
            return (null, StoreAvailability.Retry + StartJitter.Of(key, StoreAvailability.Retry));
        }
        catch (CorruptSheetException problem)
        {
            Log.Corrupt(logger, key, problem.Message);
            return (null, RepairWait);
        }
    }

    /// <summary>Asks for a slot of this moment, regardless of the schedule. The slot is null unless the claim was granted.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="gap">Least time since the last fetch began; null for what the provider allows.</param>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<(ClaimedSlot? Turn, Claim Claim)> ClaimNowAsync(
        RateProvider provider, CancellationToken cancellationToken, TimeSpan? gap = null)
    {
        var key = provider.Key;
        var state = await claims.ReadFetchAsync(key, cancellationToken);
        time.Set(state.Now);
        var now = time.GetUtcNow();
        var budget = options.Budget(FetchWindows.UsualRequests(provider, now));
        var terms = new ClaimTerms(options.Id, WorkerOptions.Lease(budget), gap ?? provider.Block.LeastGap, options.MaxAttempts);
        var claim = await claims.ClaimAsync(key, now, terms, cancellationToken);
        metrics.Claimed(key, claim.Verdict);
        return (claim.Verdict == ClaimVerdict.Granted ? new(provider, claim, state, now, time.GetTimestamp(), budget) : null, claim);
    }

    private async Task<(ClaimedSlot? ClaimedSlot, TimeSpan? Again)> AskAsync(RateProvider provider, CancellationToken cancellationToken)
    {
        var key = provider.Key;
        var state = await claims.ReadFetchAsync(key, cancellationToken);
        time.Set(state.Now);
        var schedule = table.Find(key);
        if (await SlotAsync(provider, schedule, state.Done, cancellationToken) is not { } slot)
        {
            return default;
        }

        var budget = options.Budget(FetchWindows.UsualRequests(provider, slot));
        var claim = await claims.ClaimAsync(
            key, slot, new(options.Id, WorkerOptions.Lease(budget), MinimumGap(schedule), options.MaxAttempts), cancellationToken);
        metrics.Claimed(key, claim.Verdict);
        switch (claim.Verdict)
        {
            case ClaimVerdict.Granted:
                throttle.FetchBegins(key);
                return (new(provider, claim, state, time.GetUtcNow(), time.GetTimestamp(), budget), null);
            case ClaimVerdict.Busy:
                // Shortly after the lease's end, should its worker have died.
                return (null, claim.Until - time.GetUtcNow() + LeaseMargin is { } left && left > TimeSpan.Zero && left < BetweenLooks
                    ? left
                    : BetweenLooks);
            case ClaimVerdict.TooSoon or ClaimVerdict.HeldBack:
                return (null, claim.Until - time.GetUtcNow() is { } wait && wait > BetweenLooks ? wait : BetweenLooks);
            case ClaimVerdict.Future:
                Log.ClockAhead(logger, key, slot);
                return (null, ClockWait);
            case ClaimVerdict.Exhausted:
                Log.Exhausted(logger, key, slot, options.MaxAttempts);
                return default;
            default:
                return default;
        }
    }

    private static TimeSpan MinimumGap(ProviderSchedule? schedule) => schedule?.Definition.MinimumGap ?? TimeSpan.Zero;

    private async Task<DateTimeOffset?> SlotAsync(
        RateProvider provider, ProviderSchedule? schedule, DateTimeOffset? done, CancellationToken cancellationToken)
    {
        if (schedule is not null)
        {
            return SlotCalculator.Latest(schedule.Due, done, time.GetUtcNow());
        }

        // A closed history is fetched once: one slot a day until it is there.
        var today = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero);
        return provider.Block.Schedule.Length == 0 && !(done >= today)
            && await sheets.ReadSheetAsync(provider.Key, cancellationToken) is null
            ? today
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Provider}: slot {Slot:u} lies ahead of the store's clock: is this machine's clock right?")]
        public static partial void ClockAhead(ILogger logger, string provider, DateTimeOffset slot);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: slot {Slot:u} is given up after {Attempts} attempts")]
        public static partial void Exhausted(ILogger logger, string provider, DateTimeOffset slot, int attempts);
    }
}
