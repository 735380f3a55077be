using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The way of a rate through the worker: fetch, check, keep as history, publish.</summary>
internal sealed partial class Prefetch(
    ProviderFetch fetch, IngestCheck ingest, ISheetReader sheets, IClaims claims, IHistory history, StoreAvailability availability, TimeProvider time, ILogger<Prefetch> logger)
{
    // An ETag may stay the same while the body does not: once a day the body is looked at.
    private static readonly TimeSpan FullEvery = TimeSpan.FromHours(24);
    private static readonly TimeSpan PublishRetry = TimeSpan.FromSeconds(1);
    private const int HistoryDays = 31;

    /// <summary>Uses a turn. What it throws is for the job to turn into an ending.</summary>
    public async Task<FetchResult> RunAsync(ClaimedSlot turn, CancellationToken cancellationToken)
    {
        var (provider, block, now) = (turn.Provider, turn.Provider.Block, time.GetUtcNow());
        var previous = await PreviousAsync(turn.Key, cancellationToken);
        var known = previous is null ? FetchValidators.None : turn.State.Validators;
        var condition = now - known.FullAt < FullEvery ? known : FetchValidators.None;
        foreach (var window in FetchWindows.Of(block, turn.Claim.Slot, now, previous?.CheckedAt))
        {
            var fetched = await fetch.RunAsync(provider, window, condition, previous?.Source, turn.Session, cancellationToken);
            if (fetched.NotModified || (known.BodyDigest is { } digest && digest == fetched.Validators.BodyDigest))
            {
                return Confirmed(FetchOutcome.Unchanged, turn, fetched.NotModified ? null : fetched.Validators);
            }

            if (fetched.All.Count > 0)
            {
                var stored = await StoreAsync(turn, previous, window, fetched, cancellationToken);
                return stored.Outcome == FetchOutcome.Fenced ? stored : stored with { OddRows = fetched.OddRows };
            }
        }

        return Confirmed(FetchOutcome.Empty, turn, null);
    }

    private async Task<FetchResult> StoreAsync(ClaimedSlot turn, RateSheet? previous, FetchWindow window, FetchedRates fetched, CancellationToken cancellationToken)
    {
        var profile = turn.Provider.Block.Profile(turn.Key);
        var verdict = await ingest.CheckAsync(profile, fetched, previous, window.Today, cancellationToken);
        if (verdict.SheetReasons.Count > 0)
        {
            var finish = new FinishedFetch(SlotDone: true, Failed: true, time.GetUtcNow() + FailurePolicy.BackOff(turn.State.Failures), null, null, null);
            return new(FetchOutcome.Quarantined, string.Join("; ", verdict.SheetReasons), finish)
            {
                QuarantinedFigures = new([.. verdict.SheetReasons, .. IngestCheck.Reasons(verdict.Refused)], IngestCheck.Newest(fetched.All, HistoryDays)),
            };
        }

        var now = time.GetUtcNow();
        var suspect = verdict.Refused.Count == 0 ? null : new QuarantinedFigures(IngestCheck.Reasons(verdict.Refused), [.. verdict.Refused.Select(refused => refused.Observation)]);
        // While something is kept aside, the same body is checked again: other providers may confirm it in the meantime.
        var validators = suspect is null ? fetched.Validators : FetchValidators.None;
        await history.UpsertHistoryAsync(turn.Key, Kept(verdict.Accepted, window), now, cancellationToken);
        var merged = SheetMerge.Merge(previous, verdict.Accepted, profile, now, PublishedAt(verdict.Accepted), fetched.Source);
        if (merged is null || (SheetMerge.SameFigures(previous, merged) && verdict.Unconfirmed.Count == (previous?.Unconfirmed?.Count ?? 0)))
        {
            return Confirmed(FetchOutcome.Unchanged, turn, validators) with
            {
                QuarantinedFigures = suspect,
                RefusedRows = verdict.Refused,
                Reason = Said(suspect),
            };
        }

        merged = merged with { Unconfirmed = verdict.Unconfirmed.Count > 0 ? verdict.Unconfirmed : null };
        var sheet = merged with { NextExpectedAt = Staleness.NextExpectedAt(profile.Calendar, now) };
        var published = await PublishAsync(turn, sheet, validators, cancellationToken);
        return published.Accepted
            ? new(FetchOutcome.Published, Said(suspect), null) { Changes = Changes(previous, sheet), Published = sheet with { Epoch = published.Epoch, Version = published.Version }, QuarantinedFigures = suspect, RefusedRows = verdict.Refused }
            : FetchResult.Fenced;
    }

    /// <summary>Publishes under the claim for as long as the claim lasts: a store that is away for a moment costs no second fetch.</summary>
    private async Task<PublishResult> PublishAsync(ClaimedSlot turn, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await claims.PublishAsync(turn.Claim, sheet, validators, cancellationToken);
            }
            catch (StoreUnavailableException problem) when (time.GetElapsedTime(turn.Mark) < turn.Budget)
            {
                availability.Lost(problem);
                await Task.Delay(PublishRetry, time, cancellationToken);
            }
        }
    }

    private async Task<RateSheet?> PreviousAsync(string provider, CancellationToken cancellationToken)
    {
        try
        {
            return await sheets.ReadSheetAsync(provider, cancellationToken);
        }
        catch (CorruptSheetException problem)
        {
            // A publish puts it right.
            Log.Corrupt(logger, provider, problem.Message);
            return null;
        }
    }

    private FetchResult Confirmed(FetchOutcome outcome, ClaimedSlot turn, FetchValidators? validators)
    {
        var now = time.GetUtcNow();
        return new(outcome, "", new(SlotDone: true, Failed: false, null, now, Staleness.NextExpectedAt(turn.Provider.Block.Calendar, now), validators));
    }

    private static IReadOnlyList<Observation> Kept(IReadOnlyList<Observation> accepted, FetchWindow window)
    {
        var newest = accepted.Count == 0 ? window.To : accepted.Max(observation => observation.AsOf);
        var first = newest.AddDays(-HistoryDays) is var day && day < window.From ? day : window.From;
        return [.. accepted.Where(observation => observation.AsOf >= first)];
    }

    private static DateTimeOffset? PublishedAt(IReadOnlyList<Observation> accepted) => accepted.Max(observation => observation.At);

    private static int Changes(RateSheet? previous, RateSheet sheet) => sheet.Observations.Except(previous?.Observations ?? []).Count();

    private static string Said(QuarantinedFigures? suspect) => suspect is null ? "" : string.Join("; ", suspect.Reasons);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);
    }
}
