using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Fetches the past rates of providers, backward in time: a few days of one provider at a time over all workers, with pauses.
/// </summary>
internal sealed partial class Backfill(
    ScheduleTable table, BackfillFetch filler, ISheetReader sheets, IClaims claims, IHistory history, IRuns runs, IProviders providers,
    StoreAvailability availability, RequestQuota quota, WorkerOptions options, StoreClock time, ILogger<Backfill> logger)
    : BackgroundService
{
    /// <summary>What is claimed: there is one backfill over all workers. No adapter's key has a dash.</summary>
    private const string Claimed = "all-backfill";

    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromHours(1);

    /// <summary>Tries, and the time from the first to the last of them, after which a piece that cannot be read is passed.</summary>
    private const int Tries = 3;
    private static readonly TimeSpan TriesSpan = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);

    /// <summary>Does one piece, of the first provider that lacks one. False when there was nothing to do, or nothing allowed now.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var claim = await claims.ClaimAsync(
            Claimed, time.GetUtcNow(), new(options.Id, WorkerOptions.Lease(Budget), options.BackfillPause, 1), cancellationToken);
        if (claim.Verdict != ClaimVerdict.Granted)
        {
            return false;
        }

        try
        {
            foreach (var provider in table.Fetched.Values.OrderBy(provider => provider.Key, StringComparer.Ordinal))
            {
                if (!(_notBefore.GetValueOrDefault(provider.Key) > time.GetUtcNow())
                    && await NextAsync(provider, cancellationToken) is { } window)
                {
                    await TryAsync(provider, window, cancellationToken);
                    return true;
                }
            }

            return false;
        }
        finally
        {
            await claims.FinishAsync(claim, new(SlotDone: true, Failed: false, null, null, null, null), CancellationToken.None);
        }
    }

    /// <summary>
    /// Fills days that an operator asks for. Returns how many of them changed; null when another back-fill is at work just
    /// now.
    /// </summary>
    internal async Task<int?> FillOnDemandAsync(RateProvider provider, FetchWindow window, CancellationToken cancellationToken)
    {
        var terms = new ClaimTerms(options.Id, WorkerOptions.Lease(Budget), options.BackfillPause, 1);
        var claim = await claims.ClaimAsync(Claimed, time.GetUtcNow(), terms, cancellationToken);
        if (claim.Verdict != ClaimVerdict.Granted)
        {
            return null;
        }

        try
        {
            return await filler.FillAsync(provider, window, isNext: false, cancellationToken);
        }
        finally
        {
            await claims.FinishAsync(claim, new(SlotDone: true, Failed: false, null, null, null, null), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options is { Backfill: 0, BackfillFrom: null })
        {
            return;
        }

        while (true)
        {
            var worked = false;
            try
            {
                worked = availability.IsUp && await StepAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
            catch (CorruptSheetException problem)
            {
                Postpone(problem.Provider, problem.Message, []);
            }

            await Task.Delay(worked ? options.BackfillPause : Idle, time, stoppingToken);
        }
    }

    private async Task<FetchWindow?> NextAsync(RateProvider provider, CancellationToken cancellationToken)
    {
        // Without a sheet it is not known yet which history is missing.
        if (provider.Block.HistoryFrom is null
            || (await sheets.ReadIndexAsync(cancellationToken)).Sheets.GetValueOrDefault(provider.Key) is not { Epoch: not null } sheet)
        {
            return null;
        }

        var completed = await history.ReadBackfilledAsync(provider.Key, cancellationToken);
        return BackfillPlanner.Next(
            provider, options, sheet.AsOf, completed, FetchWindows.Local(time.GetUtcNow(), provider.Block),
            quota.MostOfBackfill(provider));
    }

    /// <summary>Fills the window, or leaves the provider alone for a while: no adapter's fault ends the backfill of the others.</summary>
    private async Task TryAsync(RateProvider provider, FetchWindow window, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        Task filling = filler.FillAsync(provider, window, isNext: true, either.Token);
        await filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (filling.Exception?.InnerException is StoreUnavailableException)
        {
            await filling;
        }

        if (filling.Exception?.InnerException is ProviderException { Fault: ProviderFault.QuotaUsed } used)
        {
            await LeaveAsync(provider, window, used, cancellationToken);
            return;
        }

        var trouble = filling.Exception?.InnerException switch
        {
            ProviderException problem => problem.Reason,
            { } fault => $"unexpected error: {fault.GetType().Name}: {fault.Message}",
            null when filling.IsCanceled => $"not finished within {Budget.TotalMinutes} min",
            null => null,
        };
        if (trouble is null)
        {
            return;
        }

        var failed = await CountAsync(provider.Key, window, cancellationToken);
        if (await IsForGoodAsync(provider.Key, failed, filling.Exception?.InnerException, cancellationToken))
        {
            await PassAsync(provider, window, failed, trouble, cancellationToken);
        }
        else
        {
            Postpone(provider.Key, trouble, SafeText.SecretsOf(provider.Block), failed);
        }
    }

    /// <summary>Leaves the piece until the provider's daily quota starts again. That is no failed try of it.</summary>
    private async Task LeaveAsync(
        RateProvider provider, FetchWindow window, ProviderException used, CancellationToken cancellationToken)
    {
        var reason = $"history of {window.From:yyyy-MM-dd} to {window.To:yyyy-MM-dd} is left for later: {used.Reason}";
        _notBefore[provider.Key] = used.NotBefore ?? time.GetUtcNow() + AfterTrouble;
        await RecordFailedAsync(provider.Key, reason, cancellationToken);
        Log.Left(logger, provider.Key, reason);
    }

    private async Task RecordFailedAsync(string provider, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await runs.RecordRunAsync(
            new(now, provider, now, options.Id, FetchResult.NameOf(FetchOutcome.Failed), reason, TimeSpan.Zero, 0, 0, 0),
            cancellationToken);
    }

    /// <summary>Counts a failed try, in the store: another worker, or this one after a restart, continues the count.</summary>
    private async Task<FailedBackfill> CountAsync(string provider, FetchWindow window, CancellationToken cancellationToken)
    {
        var failed = await history.ReadFailedBackfillAsync(provider, cancellationToken) is { } before && before.From == window.From
            ? before with { Tries = before.Tries + 1 }
            : new(window.From, time.GetUtcNow(), 1);
        await history.WriteFailedBackfillAsync(provider, failed, cancellationToken);
        return failed;
    }

    /// <summary>
    /// True when the piece has failed for good: three times over a day. A source that cannot be reached or refuses to answer is not given
    /// up, unless its scheduled fetches went well in the meantime.
    /// </summary>
    private async Task<bool> IsForGoodAsync(
        string provider, FailedBackfill failed, Exception? problem, CancellationToken cancellationToken)
    {
        if (failed.Tries < Tries || time.GetUtcNow() - failed.FirstAt < TriesSpan)
        {
            return false;
        }

        return problem is not ProviderException { Fault: ProviderFault.Unreachable or ProviderFault.Refused }
            || (await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(provider)?.Health.LastSuccessAt > failed.FirstAt;
    }

    /// <summary>Records that the piece cannot be fetched, and continues with the days before it.</summary>
    private async Task PassAsync(
        RateProvider provider, FetchWindow window, FailedBackfill failed, string trouble, CancellationToken cancellationToken)
    {
        var reason = SafeText.Safe(
            $"history of {window.From:yyyy-MM-dd} to {window.To:yyyy-MM-dd} failed {failed.Tries} times "
                + $"over a day and is passed: {trouble}", SafeText.SecretsOf(provider.Block));
        await RecordFailedAsync(provider.Key, reason, cancellationToken);
        await history.WriteBackfilledAsync(provider.Key, window.From, cancellationToken);
        Log.Passed(logger, provider.Key, reason);
    }

    private void Postpone(string provider, string reason, IReadOnlyList<string> secrets, FailedBackfill? failed = null)
    {
        // The last try is left for the end of the day that they span.
        var wait = failed is { Tries: Tries - 1 } && failed.FirstAt + TriesSpan - time.GetUtcNow() is var rest && rest > AfterTrouble
            ? rest
            : AfterTrouble;
        _notBefore[provider] = time.GetUtcNow() + wait;
        Log.Postponed(logger, provider, wait.TotalMinutes, SafeText.Safe(reason, secrets));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {Reason}")]
        public static partial void Left(ILogger logger, string provider, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Reason}")]
        public static partial void Passed(ILogger logger, string provider, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: history is tried again in {Minutes} min: {Reason}")]
        public static partial void Postponed(ILogger logger, string provider, double minutes, string reason);
    }
}
