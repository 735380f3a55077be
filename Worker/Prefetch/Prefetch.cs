using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Fetches the rates of one claimed provider, checks them, stores them as history and publishes them as its latest rates.
/// </summary>
internal sealed partial class Prefetch(
    ProviderFetch fetch, IngestCheck ingest, HistoryCheck past, HistoryConfirmation confirmation, ISheetReader sheets, IClaims claims,
    IHistory history, EvidenceRecorder evidence,
    StoreAvailability availability,
    StoreClock time, ILogger<Prefetch> logger)
{
    // Some sources send a new body under an old ETag: once a day the request is unconditional.
    private static readonly TimeSpan FullEvery = TimeSpan.FromHours(24);
    private static readonly TimeSpan PublishRetry = TimeSpan.FromSeconds(1);
    private const int HistoryDays = 31;

    /// <summary>Fetches, checks and publishes one claimed slot. The caller turns what it throws into a <see cref="FetchResult"/>.</summary>
    public async Task<FetchResult> RunAsync(ClaimedSlot slot, CancellationToken cancellationToken)
    {
        var (provider, block, now) = (slot.Provider, slot.Provider.Block, time.GetUtcNow());
        var previous = await PreviousAsync(slot.Key, cancellationToken);
        var known = previous is null ? FetchValidators.None : slot.State.Validators;
        var condition = now - known.FullAt < FullEvery ? known : FetchValidators.None;
        foreach (var wanted in FetchWindows.Of(block, slot.Claim.Slot, now, previous?.CheckedAt))
        {
            var window = block.DailyQuota == 0 ? wanted : FetchWindows.Fitting(provider, wanted, block.DailyQuota);
            var fetched = await fetch.RunAsync(provider, window, condition, previous?.Source, slot.Session, cancellationToken);
            if (fetched.NotModified || (known.BodyDigest is { } digest && digest == fetched.Validators.BodyDigest))
            {
                return Confirmed(FetchOutcome.Unchanged, slot, fetched.NotModified ? null : fetched.Validators);
            }

            if (fetched.All.Count > 0)
            {
                var stored = await StoreAsync(slot, previous, window, fetched, cancellationToken);
                return stored.Outcome == FetchOutcome.Fenced
                    ? stored
                    : stored with
                    {
                        OddRows = [.. fetched.OddRows, .. stored.OddRows ?? []],
                        QuarantinedFigures = stored.QuarantinedFigures is { } refused
                            ? refused with { Window = window, Received = fetched.Received }
                            : null,
                    };
            }
        }

        return Confirmed(FetchOutcome.Empty, slot, null);
    }

    private async Task<FetchResult> StoreAsync(
        ClaimedSlot slot, RateSheet? previous, FetchWindow window, FetchedRates fetched, CancellationToken cancellationToken)
    {
        var profile = slot.Provider.Block.Profile(slot.Key);
        var verdict = await ingest.CheckAsync(profile, fetched, previous, window.Today, cancellationToken);
        if (verdict.SheetReasons.Count > 0)
        {
            var finish = new FinishedFetch(
                SlotDone: true, Failed: true, time.GetUtcNow() + FailurePolicy.BackOff(slot.State.Failures), null, null, null);
            return new(FetchOutcome.Quarantined, string.Join("; ", verdict.SheetReasons), finish)
            {
                // Without the rows whose label is no rate: an operator may release all that is kept.
                QuarantinedFigures = new(
                    [.. verdict.SheetReasons, .. IngestCheck.Reasons(verdict.Refused)],
                    fetched.Observations.Count > 0 ? IngestCheck.Newest(fetched.Observations, HistoryDays) : []),
            };
        }

        var now = time.GetUtcNow();
        var recent = Recent(verdict.Accepted, previous, window);
        var older = await past.CheckOlderAsync(recent, previous, new() { Profile = profile, Today = window.Today }, cancellationToken);
        var aside = older.Refused.Select(row => row.Observation).ToHashSet();
        Observation[] accepted = [.. verdict.Accepted.Where(row => !aside.Contains(row))];
        var (quarantined, odd) = Split(verdict.Refused);
        if (previous is not null && recent.Count == 0 && verdict.Accepted.Count > 0)
        {
            odd =
            [
                .. odd, new("document", $"its newest day {verdict.Accepted.Max(row => row.AsOf):yyyy-MM-dd} is more than "
                    + $"{HistoryDays} days before {previous.AsOf:yyyy-MM-dd}, which is published; nothing of it is stored"),
            ];
        }

        RefusedObservation[] left = [.. verdict.Refused.Where(row => row.IsFault), .. older.Refused];
        // While figures are in quarantine, the same body is checked again: other providers may confirm it by then.
        var validators = quarantined is null ? fetched.Validators : FetchValidators.None;
        await history.UpsertHistoryAsync(slot.Key, older.Accepted, now, cancellationToken);
        if (previous?.Unconfirmed is not null && older.Accepted.Count > 0)
        {
            await confirmation.ConfirmAsync(profile, verdict.Confirmed, older.Accepted.Max(row => row.AsOf), now, cancellationToken);
        }

        var merged = SheetMerge.Merge(
            previous?.Confirm(verdict.Confirmed), accepted, profile, now, PublishedAt(verdict.Accepted), fetched.Source);
        if (merged is null || SheetMerge.SameFigures(previous, merged))
        {
            return Confirmed(FetchOutcome.Unchanged, slot, validators) with
            {
                QuarantinedFigures = quarantined,
                RefusedRows = left,
                OddRows = odd,
                Reason = Reasons(quarantined),
            };
        }

        var sheet = merged with { NextExpectedAt = Staleness.NextExpectedAt(profile.Calendar, now) };
        var published = await PublishAsync(slot, sheet, validators, cancellationToken);
        if (published.Accepted)
        {
            var final = sheet with { Epoch = published.Epoch, Version = published.Version };
            await evidence.WriteAsync(slot.Provider.Block, final, window, fetched.Received, cancellationToken);
        }

        return published.Accepted
            ? new(FetchOutcome.Published, Reasons(quarantined), null)
            {
                Changes = Changes(previous, sheet),
                Published = sheet with { Epoch = published.Epoch, Version = published.Version },
                QuarantinedFigures = quarantined,
                RefusedRows = left,
                OddRows = odd,
            }
            : FetchResult.Fenced;
    }

    /// <summary>
    /// What is doubted is kept aside until others confirm it; what is no rate, such as a currency that has ended, is only reported, as
    /// the source may print it for years.
    /// </summary>
    private static (QuarantinedFigures? Doubted, IReadOnlyList<OddRow> NoRates) Split(IReadOnlyList<RefusedObservation> refused)
    {
        RefusedObservation[] doubted = [.. refused.Where(row => row.IsFault)];
        return (
            doubted.Length == 0 ? null : new(IngestCheck.Reasons(doubted), [.. doubted.Select(row => row.Observation)]),
            [.. refused.Where(row => !row.IsFault).Select(row => new OddRow(row.Observation.Pair.ToString(), row.Reason))]);
    }

    /// <summary>
    /// Publishes, and tries again while the claim lasts when the store cannot be reached: no second fetch is needed then.
    /// </summary>
    private async Task<PublishResult> PublishAsync(
        ClaimedSlot slot, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await claims.PublishAsync(slot.Claim, sheet, validators, cancellationToken);
            }
            catch (StoreUnavailableException problem) when (time.GetElapsedTime(slot.Mark) < slot.Budget)
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
            // The next publish replaces the damaged sheet.
            Log.Corrupt(logger, provider, problem.Message);
            return null;
        }
    }

    private FetchResult Confirmed(FetchOutcome outcome, ClaimedSlot slot, FetchValidators? validators)
    {
        var now = time.GetUtcNow();
        return new(
            outcome, "",
            new(SlotDone: true, Failed: false, null, now, Staleness.NextExpectedAt(slot.Provider.Block.Calendar, now), validators));
    }

    /// <summary>
    /// What is stored as history: the days from a month before the newest known day on. A document of long ago, or one with a wrong year
    /// in its date, replaces nothing; the back-fill brings older days.
    /// </summary>
    private static IReadOnlyList<Observation> Recent(IReadOnlyList<Observation> accepted, RateSheet? previous, FetchWindow window)
    {
        var newest = accepted.Select(observation => observation.AsOf).Append(previous?.AsOf ?? DateOnly.MinValue).Max();
        var first = newest.AddDays(-HistoryDays) is var day && day < window.From ? day : window.From;
        return [.. accepted.Where(observation => observation.AsOf >= first)];
    }

    private static DateTimeOffset? PublishedAt(IReadOnlyList<Observation> accepted) => accepted.Max(observation => observation.At);

    // A figure that only lost its mark is not new.
    private static int Changes(RateSheet? previous, RateSheet sheet) =>
        UnconfirmedMarks.Cleared(sheet.Observations).Except(UnconfirmedMarks.Cleared(previous?.Observations ?? [])).Count();

    private static string Reasons(QuarantinedFigures? quarantined) => quarantined is null ? "" : string.Join("; ", quarantined.Reasons);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);
    }
}
