using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Carries out operators' commands, each kind by its own method.</summary>
internal sealed class CommandActions(
    ScheduleTable table, SlotClaimer claimer, FetchRunner runner, PrefetchTriggers triggers, IClaims claims, IProviders providers,
    QuarantineRelease release, Backfill backfill, RequestQuota quota, ReplayCommand replay, ProviderTable catalog,
    WorkerOptions options, TimeProvider time)
{
    /// <summary>Carries one out. Returns whether it was done, and what became of it, for people.</summary>
    /// <param name="id">The command's id.</param>
    /// <param name="command">What to do.</param>
    /// <param name="report">Called with the command as it stands after each piece of a long one.</param>
    /// <param name="cancellationToken">The worker stops.</param>
    public Task<(bool IsDone, string Message)> RunAsync(
        string id, OperatorCommand command, Action<OperatorCommand> report, CancellationToken cancellationToken)
    {
        // Stored bodies can be read again also of a provider that is no longer fetched.
        if (command.Kind == CommandKind.Replay && catalog.Find(command.Provider) is { } known)
        {
            return replay.RunAsync(id, command, known, report, cancellationToken);
        }

        if (!table.Fetched.TryGetValue(command.Provider, out var provider))
        {
            return Task.FromResult((false, "this installation does not fetch it"));
        }

        return command.Kind switch
        {
            CommandKind.Run => RunNowAsync(provider, cancellationToken),
            CommandKind.ClearHold => ClearHoldAsync(provider, cancellationToken),
            CommandKind.Backfill => BackfillAsync(provider, command, report, cancellationToken),
            CommandKind.Release => release.ReleaseAsync(provider, command.Entry ?? "", command.By, cancellationToken),
            CommandKind.Discard => release.DiscardAsync(provider, command.Entry ?? "", cancellationToken),
            _ => Task.FromResult((false, $"this worker does not know the command {command.Kind}")),
        };
    }

    /// <summary>What went wrong with a command, for people, without secrets.</summary>
    public string Problem(OperatorCommand command, Exception problem) => problem switch
    {
        ProviderException failure => SafeText.Safe(
            failure.Reason, table.Fetched.TryGetValue(command.Provider, out var provider) ? SafeText.SecretsOf(provider.Block) : []),
        StoreUnavailableException or CorruptSheetException => problem.Message,
        _ => $"a fault of ours: {problem.GetType().Name}",
    };

    private async Task<(bool IsDone, string Message)> RunNowAsync(RateProvider provider, CancellationToken cancellationToken)
    {
        var (slot, claim) = await claimer.ClaimNowAsync(provider, cancellationToken);
        if (slot is null)
        {
            return (false, await RefusalAsync(claim, cancellationToken));
        }

        var (result, again) = await runner.RunAsync(slot);
        if (again is { } wait)
        {
            await triggers.TriggerOnceAsync(provider.Key, wait, cancellationToken);
        }

        return (result.IsGood, SafeText.Safe(Said(result), SafeText.SecretsOf(provider.Block)));
    }

    private async Task<(bool IsDone, string Message)> ClearHoldAsync(RateProvider provider, CancellationToken cancellationToken)
    {
        await claims.ClearHoldAsync(provider.Key, cancellationToken);
        if ((await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(provider.Key)?.Health is { } health)
        {
            await providers.WriteProviderAsync(provider.Block.Profile(provider.Key), health with { NotBefore = null }, cancellationToken);
        }

        await triggers.TriggerOnceAsync(provider.Key, TimeSpan.Zero, cancellationToken);
        return (true, "nothing holds it back now; a slot that is due is fetched at once");
    }

    private async Task<(bool IsDone, string Message)> BackfillAsync(
        RateProvider provider, OperatorCommand command, Action<OperatorCommand> report, CancellationToken cancellationToken)
    {
        if (provider.Block.HistoryFrom is not { } first)
        {
            return (false, "its source serves no history");
        }

        var today = FetchWindows.Local(time.GetUtcNow(), provider.Block);
        var from = command.From > first ? command.From.Value : first;
        var last = command.To < today ? command.To!.Value : today;
        var to = command.Reached is { } reached ? reached.AddDays(-1) : last;
        var (total, changed) = (Math.Max(1, last.DayNumber - from.DayNumber + 1), 0);
        while (to >= from)
        {
            var window = BackfillPlanner.Piece(provider, from, to, today, quota.MostOfBackfill(provider));
            if (await backfill.FillOnDemandAsync(provider, window, cancellationToken) is not { } days)
            {
                await Task.Delay(options.BackfillPause, time, cancellationToken);
                continue;
            }

            changed += days;
            command = command with
            {
                Reached = window.From,
                Percent = (last.DayNumber - window.From.DayNumber + 1) * 100 / total,
                Message = $"{Days(changed)} changed so far",
            };
            report(command);
            to = window.From.AddDays(-1);
        }

        return (true, $"{Text(from)} to {Text(last)}: {Days(changed)} changed");
    }

    private static string Said(FetchResult result)
    {
        var outcome = result.Outcome.ToString().ToLowerInvariant();
        var changes = result.Changes == 0 ? "" : $", {(result.Changes == 1 ? "1 figure is" : $"{result.Changes} figures are")} new";
        var refused = result.RefusedRows is { Count: > 0 and var rows }
            ? $", {(rows == 1 ? "1 figure was" : $"{rows} figures were")} refused and left out"
            : "";
        return result.Reason.Length > 0 ? $"{outcome}{changes}{refused}: {result.Reason}" : $"{outcome}{changes}{refused}";
    }

    private static string Days(int count) => count == 1 ? "1 day" : $"{count} days";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> RefusalAsync(Claim claim, CancellationToken cancellationToken)
    {
        var known = claim.Verdict == ClaimVerdict.HeldBack ? await providers.ReadProvidersAsync(cancellationToken) : null;
        return Refusal(claim, known?.GetValueOrDefault(claim.Provider)?.Health.Reason ?? "");
    }

    private static string Refusal(Claim claim, string failure) => claim.Verdict switch
    {
        ClaimVerdict.Busy => $"a worker is fetching it already, until {claim.Until:u} at the latest",
        ClaimVerdict.HeldBack => $"held back until {claim.Until:u}{(failure.Length > 0 ? $" ({failure})" : "")}: clear the hold first",
        ClaimVerdict.TooSoon => $"its last fetch or release was a moment ago; it may be asked again at {claim.Until:u}",
        _ => $"the store did not give the slot: {claim.Verdict}",
    };
}
