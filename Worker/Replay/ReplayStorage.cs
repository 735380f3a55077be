using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Stores what reading old documents again (a replay) found: in history, where the earlier rates become revisions, and in the latest rates.
/// </summary>
internal sealed class ReplayStorage(
    IEvidence evidence, EvidenceRecorder recorder, IHistory history, ISheetReader sheets, IClaims claims, WorkerOptions options,
    StoreClock time)
{
    // Another worker may be fetching the provider; a fetch takes at most its lease.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private const int MostTries = 60;

    /// <summary>Stores the findings. Nothing is stored when the latest sheet must be corrected and cannot be.</summary>
    /// <returns>The report, with the days that were changed or the reason why nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<ReplayReport> StoreAsync(RateProvider provider, ReplayFindings found, CancellationToken cancellationToken)
    {
        var (key, report) = (provider.Key, found.Report);
        var sheet = await sheets.ReadSheetAsync(key, cancellationToken);
        var isSheetWrong = sheet?.Observations.Any(figure => Corrected(found, figure) != figure) == true;
        if (report.Changes.Count == 0 && !isSheetWrong)
        {
            return report;
        }

        var claim = isSheetWrong ? await ClaimAsync(key, sheet!, cancellationToken) : null;
        if (claim is { Verdict: not ClaimVerdict.Granted })
        {
            return Refused(report, $"the latest sheet could not be claimed ({claim.Verdict}), so nothing was stored: try again");
        }

        var now = time.GetUtcNow();
        var days = await history.UpsertHistoryAsync(key, [.. report.Changes.Select(change => change.Read)], now, cancellationToken);
        report = report with { StoredDays = days, StoredAt = now };
        if (claim is null)
        {
            return report;
        }

        var corrected = sheet! with
        {
            Observations = [.. sheet.Observations.Select(figure => Corrected(found, figure))],
            FetchedAt = now,
            Revised = true,
        };
        var published = await claims.PublishAsync(claim, corrected, FetchValidators.None, cancellationToken);
        if (!published.Accepted)
        {
            return Refused(report, "history is corrected, the latest sheet is not, as another worker took it over: replay again");
        }

        await CopyEvidenceAsync(sheet, corrected with { Epoch = published.Epoch, Version = published.Version }, cancellationToken);
        return report;
    }

    // Only what is read otherwise is replaced: an instant that the source gave with the same rate stays as it was published.
    private static Observation Corrected(ReplayFindings found, Observation figure) =>
        found.Read.TryGetValue(FigureKey.Of(figure), out var read) && read.Rate != figure.Rate ? read : figure;

    private static ReplayReport Refused(ReplayReport report, string why) => report with { Problems = [.. report.Problems, why] };

    private async Task<Claim> ClaimAsync(string key, RateSheet sheet, CancellationToken cancellationToken)
    {
        var terms = new ClaimTerms(options.Id, WorkerOptions.Lease(TimeSpan.Zero), TimeSpan.Zero, int.MaxValue);
        for (var tries = 1; ; tries++)
        {
            // Just after the last slot, so that what came due since then is still due.
            var state = await claims.ReadFetchAsync(key, cancellationToken);
            time.Set(state.Now);
            var slot = new[] { state.Done, state.Slot, sheet.CheckedAt }.Max()!.Value.AddMilliseconds(1);
            var claim = await claims.ClaimAsync(key, slot, terms, cancellationToken);
            if (claim.Verdict is not (ClaimVerdict.Busy or ClaimVerdict.Done or ClaimVerdict.Older) || tries == MostTries)
            {
                return claim;
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }

    // The corrected sheet is read from the same bodies as the one that it replaces.
    private async Task CopyEvidenceAsync(RateSheet before, RateSheet corrected, CancellationToken cancellationToken)
    {
        if (await evidence.ReadAsync(before.Provider, before.Version, cancellationToken) is { } known)
        {
            await recorder.CopyAsync(known, corrected.Epoch, corrected.Version, cancellationToken);
        }
    }
}
