using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Publishes the rates of a refused publication because an operator says that they are right, or takes it off the list.</summary>
/// <remarks>
/// A figure that was published or corrected after the sheet was refused is newer than the operator's decision may know: it stays, and the
/// message names it.
/// </remarks>
internal sealed class QuarantineRelease(
    IQuarantine quarantine, ISheetReader sheets, IClaims claims, IHistory history, HistoryConfirmation confirmation, IProviders providers,
    IRuns runs, DiscardedFigures discarded, SlotClaimer claimer, EvidenceRecorder evidence, WorkerOptions options, TimeProvider time)
{
    /// <summary>Publishes the figures and takes the sheet off the list.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="id">The id of the refused sheet.</param>
    /// <param name="by">The operator, whom the figures are marked with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(bool IsDone, string Message)> ReleaseAsync(
        RateProvider provider, string id, string by, CancellationToken cancellationToken)
    {
        var entry = (await quarantine.ReadQuarantineAsync(provider.Key, cancellationToken)).FirstOrDefault(entry => entry.Id == id);
        if (entry is null || entry.Observations.Count == 0)
        {
            return (false, entry is null ? Missing(id) : "nothing could be read of it, so there is nothing to publish");
        }

        var sheet = await sheets.ReadSheetAsync(provider.Key, cancellationToken);
        var newer = await NewerFigures.FindAsync(history, sheet, entry, cancellationToken);
        IReadOnlyList<Observation> figures = UnconfirmedMarks.Cleared(entry.Observations.Where(figure => !newer.Replace(figure)));
        if (figures.Count == 0)
        {
            return (false, $"nothing was released: {newer}. Discard the sheet, or fetch the days again");
        }

        var isPublished = (HistoryCheck.IsHistory(entry) && !figures.Any(figure => IsIn(sheet, figure)))
            || await PublishAsync(provider, id, figures, cancellationToken);
        if (!isPublished)
        {
            return (false, "a worker is fetching the provider just now: try again");
        }

        var now = time.GetUtcNow();
        await history.UpsertHistoryAsync(provider.Key, figures, now, cancellationToken);
        await confirmation.ConfirmAsync(
            provider.Block.Profile(provider.Key), figures, figures.Max(figure => figure.AsOf), now, cancellationToken);
        await quarantine.RemoveAsync(provider.Key, id, cancellationToken);
        await DecideAsync(provider, entry, health => RefusalDecision.Released(health, figures, by, now), cancellationToken);
        var message = (figures.Count == 1 ? "1 figure was released" : $"{figures.Count} figures were released")
            + (newer.Count > 0 ? $", {newer.Count} {(newer.Count == 1 ? "was" : "were")} not: {newer}" : "");
        await runs.RecordRunAsync(
            new(now, provider.Key, entry.Slot, options.Id, FetchRun.ReleasedOutcome, $"{message}, by {by}: refused sheet {id}",
                TimeSpan.Zero, Requests: 0, Bytes: 0, Changes: figures.Count),
            cancellationToken);
        return (true, message);
    }

    /// <summary>Takes the sheet off the list.</summary>
    public async Task<(bool IsDone, string Message)> DiscardAsync(RateProvider provider, string id, CancellationToken cancellationToken)
    {
        var entry = (await quarantine.ReadQuarantineAsync(provider.Key, cancellationToken)).FirstOrDefault(entry => entry.Id == id);
        if (entry is null || !await quarantine.RemoveAsync(provider.Key, id, cancellationToken))
        {
            return (false, Missing(id));
        }

        await discarded.AddAsync(provider.Key, entry.Observations, cancellationToken);
        await DecideAsync(provider, entry, health => health, cancellationToken);
        return (true, "taken off the list");
    }

    private async Task DecideAsync(
        RateProvider provider, QuarantinedSheet entry, Func<ProviderHealth, ProviderHealth> change, CancellationToken cancellationToken)
    {
        var waiting = (await quarantine.ReadQuarantineAsync(provider.Key, cancellationToken)).Count;
        var before = (await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(provider.Key)?.Health ?? new();
        await providers.WriteProviderAsync(
            provider.Block.Profile(provider.Key), change(RefusalDecision.Decided(before, entry, waiting)), cancellationToken);
    }

    private async Task<bool> PublishAsync(
        RateProvider provider, string id, IReadOnlyList<Observation> figures, CancellationToken cancellationToken)
    {
        // The refusal itself holds the provider back: it is what the operator overrules.
        await claims.ClearHoldAsync(provider.Key, cancellationToken);
        var (slot, _) = await claimer.ClaimNowAsync(provider, cancellationToken, gap: TimeSpan.Zero);
        if (slot is null)
        {
            return false;
        }

        var (profile, now) = (provider.Block.Profile(provider.Key), time.GetUtcNow());
        var previous = await sheets.ReadSheetAsync(provider.Key, cancellationToken);

        // The operator speaks for the released figures only: of the others nobody has confirmed more than before.
        var merged = SheetMerge.Merge(previous, figures, profile, now, figures.Max(figure => figure.At), previous?.Source ?? "");
        if (merged is null || SheetMerge.SameFigures(previous, merged))
        {
            return await claims.FinishAsync(slot.Claim, new(SlotDone: true, Failed: false, null, null, null, null), cancellationToken);
        }

        var sheet = merged with { NextExpectedAt = Staleness.NextExpectedAt(profile.Calendar, now) };
        var published = await claims.PublishAsync(slot.Claim, sheet, FetchValidators.None, cancellationToken);
        if (!published.Accepted)
        {
            return false;
        }

        await evidence.ReleaseAsync(id, provider.Key, published.Epoch, published.Version, cancellationToken);
        return true;
    }

    private static bool IsIn(RateSheet? sheet, Observation figure) => sheet is not null && sheet.Observations.Any(
        other => other.AsOf == figure.AsOf && other.Pair == figure.Pair && other.Kind == figure.Kind);

    private static string Missing(string id) =>
        $"there is no refused sheet '{id}': it was released, discarded, or newer ones took its place";
}
