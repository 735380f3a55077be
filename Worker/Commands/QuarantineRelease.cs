using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Publishes the rates of a refused publication because an operator says that they are right, or takes it off the list.</summary>
internal sealed class QuarantineRelease(
    IQuarantine quarantine, ISheetReader sheets, IClaims claims, IHistory history, IProviders providers, SlotClaimer claimer,
    TimeProvider time)
{
    /// <summary>Publishes the figures and takes the sheet off the list.</summary>
    public async Task<(bool IsDone, string Message)> ReleaseAsync(RateProvider provider, string id, CancellationToken cancellationToken)
    {
        var entry = (await quarantine.ReadQuarantineAsync(provider.Key, cancellationToken)).FirstOrDefault(entry => entry.Id == id);
        if (entry is null || entry.Observations.Count == 0)
        {
            return (false, entry is null ? Missing(id) : "nothing could be read of it, so there is nothing to publish");
        }

        var isPublished = HistoryCheck.IsHistory(entry) || await PublishAsync(provider, entry, cancellationToken);
        if (!isPublished)
        {
            return (false, "a worker is fetching the provider just now: try again");
        }

        await history.UpsertHistoryAsync(provider.Key, entry.Observations, time.GetUtcNow(), cancellationToken);
        await quarantine.RemoveAsync(provider.Key, id, cancellationToken);
        return (true, $"{entry.Observations.Count} figures were released");
    }

    /// <summary>Takes the sheet off the list.</summary>
    public async Task<(bool IsDone, string Message)> DiscardAsync(RateProvider provider, string id, CancellationToken cancellationToken) =>
        await quarantine.RemoveAsync(provider.Key, id, cancellationToken) ? (true, "taken off the list") : (false, Missing(id));

    private async Task<bool> PublishAsync(RateProvider provider, QuarantinedSheet entry, CancellationToken cancellationToken)
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
        var merged = SheetMerge.Merge(
            previous, entry.Observations, profile, now, entry.Observations.Max(figure => figure.At), previous?.Source ?? "");
        if (merged is null || SheetMerge.SameFigures(previous, merged))
        {
            return await claims.FinishAsync(slot.Claim, new(SlotDone: true, Failed: false, null, null, null, null), cancellationToken);
        }

        // The operator speaks for the released pairs only: of the others nobody has confirmed more than before.
        CurrencyPair[] unconfirmed = [.. (previous?.Unconfirmed ?? []).Except(entry.Observations.Select(figure => figure.Pair))];
        var sheet = merged with
        {
            NextExpectedAt = Staleness.NextExpectedAt(profile.Calendar, now),
            Unconfirmed = unconfirmed.Length > 0 ? unconfirmed : null,
        };
        if (!(await claims.PublishAsync(slot.Claim, sheet, FetchValidators.None, cancellationToken)).Accepted)
        {
            return false;
        }

        await providers.WriteProviderAsync(profile, new() { LastAttemptAt = now, LastSuccessAt = now }, cancellationToken);
        return true;
    }

    private static string Missing(string id) =>
        $"there is no refused sheet '{id}': it was released, discarded, or newer ones took its place";
}
