using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Records the result of a fetch (in the list of fetches, provider health, list of refused publications, metrics and log), and tells the
/// store that this worker has finished it.
/// </summary>
internal sealed partial class FetchRecorder(
    IClaims claims, IQuarantine quarantine, DiscardedFigures discarded, EvidenceRecorder evidence, IRuns runs, IProviders providers,
    ScheduleTable table, StoreAvailability availability, WorkerOptions options, WorkerMetrics metrics, StoreClock time,
    ILogger<FetchRecorder> logger)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Most odd rows that a provider's health names; it counts all of them.</summary>
    public const int NamedOddRows = 5;

    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _oddRows = new(StringComparer.Ordinal);

    /// <summary>Ends the fetch. Returns after how long to try the provider again; null for not before the next trigger.</summary>
    public async Task<TimeSpan?> EndAsync(ClaimedSlot slot, FetchResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (result.Finish is { } finish && !await claims.FinishAsync(slot.Claim, finish, cancellationToken))
            {
                result = FetchResult.Fenced;
            }

            result = await WithoutDiscardedAsync(slot.Key, result, cancellationToken);
            result = result with
            {
                Reason = SafeText.Safe(result.Reason, SafeText.SecretsOf(slot.Provider.Block)),
                OddRows = result.OddRows is { } odd ? OddRowText.Safe(odd, SafeText.SecretsOf(slot.Provider.Block)) : null,
            };
            WriteLog(slot, result);
            if (result.Outcome != FetchOutcome.Released)
            {
                await RecordAsync(slot, result, cancellationToken);
            }

            availability.Found();
            return Again(slot, result);
        }
        catch (StoreUnavailableException problem)
        {
            availability.Lost(problem);
            return StoreAvailability.Retry;
        }
        catch (CorruptSheetException problem)
        {
            Log.Corrupt(logger, slot.Key, problem.Message);
            return Again(slot, result);
        }
    }

    private async Task RecordAsync(ClaimedSlot slot, FetchResult result, CancellationToken cancellationToken)
    {
        var run = new FetchRun(
            slot.StartedAt, slot.Key, slot.Claim.Slot, options.Id, FetchResult.NameOf(result.Outcome), Reason(result),
            time.GetElapsedTime(slot.Mark),
            slot.Session.Requests, slot.Session.Bytes, result.Changes)
        {
            OddRows = result.OddRows?.Count ?? 0,
        };
        metrics.Fetched(run);
        var isNewlyRefused = result.QuarantinedFigures is { } refused && await StoreQuarantinedAsync(slot, refused, cancellationToken);
        await runs.RecordRunAsync(run, cancellationToken);
        if (result.Outcome != FetchOutcome.Fenced)
        {
            var before = (await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(slot.Key)?.Health ?? new();
            var health = HealthOf(slot, result, before, isNewlyRefused) with { ScheduleProblem = table.HandProblem(slot.Key) };
            await providers.WriteProviderAsync(slot.Provider.Block.Profile(slot.Key), health, cancellationToken);
        }
    }

    /// <summary>Returns false when the same figures are on the list already.</summary>
    private async Task<bool> StoreQuarantinedAsync(ClaimedSlot slot, QuarantinedFigures quarantined, CancellationToken cancellationToken)
    {
        var secrets = SafeText.SecretsOf(slot.Provider.Block);
        string[] reasons = [.. quarantined.Reasons.Select(reason => SafeText.Safe(reason, secrets))];
        if (await discarded.ContainsAllAsync(slot.Key, quarantined.Observations, cancellationToken))
        {
            return false;
        }

        var kept = await quarantine.ReadQuarantineAsync(slot.Key, cancellationToken);
        // A source may send the same figures many times: they are listed once.
        if (kept.Any(sheet => sheet.Reasons.SequenceEqual(reasons) && sheet.Observations.SequenceEqual(quarantined.Observations)))
        {
            return false;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{slot.StartedAt.ToUnixTimeMilliseconds()}-{slot.Claim.Fence}");
        await quarantine.QuarantineAsync(
            new(
                id, slot.StartedAt, slot.Key, slot.Claim.Slot, reasons, SafeText.Excerpt(slot.Session.Excerpt, secrets),
                quarantined.Observations),
            cancellationToken);
        if (quarantined is { Window: { } window, Observations.Count: > 0 })
        {
            await evidence.WriteRefusedAsync(slot.Provider, id, window, slot.StartedAt, quarantined.Received, cancellationToken);
        }

        return true;
    }

    /// <summary>Figures that were left out and that an operator has discarded are known: they are not told again.</summary>
    private async Task<FetchResult> WithoutDiscardedAsync(string provider, FetchResult result, CancellationToken cancellationToken)
    {
        if (result is not { IsGood: true, RefusedRows: { Count: > 0 } refused })
        {
            return result;
        }

        var known = await discarded.ReadAsync(provider, cancellationToken);
        RefusedObservation[] left = [.. refused.Where(row => !known.Contains(row.Observation.ToString()))];
        return left.Length == refused.Count ? result : result with
        {
            RefusedRows = left,
            Reason = left.Length == 0 ? "" : result.Reason,
            QuarantinedFigures = left.Length == 0 ? null : result.QuarantinedFigures,
        };
    }

    private static ProviderHealth HealthOf(
        ClaimedSlot slot, FetchResult result, ProviderHealth before, bool isNewlyRefused) => result switch
        {
            { IsGood: true, OddRows: { } odd } => new()
            {
                LastAttemptAt = slot.StartedAt,
                LastSuccessAt = slot.StartedAt,
                Quarantined = result.RefusedRows is { Count: > 0 } ? Math.Max(1, before.Quarantined + (isNewlyRefused ? 1 : 0)) : 0,
                OddRows = odd.Count,
                FirstOddRows = [.. odd.Take(NamedOddRows)],
                RefusedRows = result.RefusedRows?.Count ?? 0,
                FirstRefusedRows = [.. (result.RefusedRows ?? []).Take(NamedOddRows).Select(Named)],
                FirstReleasedRows = result.Published is { } sheet ? RefusalDecision.StillIn(sheet, before) : before.FirstReleasedRows,
            },

            // The answer is the one that was read before, with the same odd rows.
            { IsGood: true } => new()
            {
                LastAttemptAt = slot.StartedAt,
                LastSuccessAt = slot.StartedAt,
                Quarantined = before.RefusedRows > 0 ? before.Quarantined : 0,
                OddRows = before.OddRows,
                FirstOddRows = before.FirstOddRows,
                RefusedRows = before.RefusedRows,
                FirstRefusedRows = before.FirstRefusedRows,
                FirstReleasedRows = before.FirstReleasedRows,
            },
            _ => before with
            {
                LastAttemptAt = slot.StartedAt,
                Failures = slot.State.Failures + 1,
                Reason = result.Reason,
                Quarantined = before.Quarantined + (result.Outcome == FetchOutcome.Quarantined ? 1 : 0),
                NotBefore = result.Finish?.NotBefore,
            },
        };

    private static OddRow Named(RefusedObservation refused) => new(refused.Observation.ToString(), refused.Reason);

    private TimeSpan? Again(ClaimedSlot slot, FetchResult result) => result switch
    {
        { Outcome: FetchOutcome.Fenced or FetchOutcome.Released } => null,
        { Finish: { SlotDone: false } finish } =>
            finish.NotBefore is { } at && at - time.GetUtcNow() is var wait && wait > Soon ? wait : Soon,
        // The trigger of a slot that came due during this fetch has fired already.
        _ when table.Find(slot.Key) is { } schedule && SlotCalculator.Latest(schedule.Due, slot.Claim.Slot, time.GetUtcNow()) is not null =>
            Soon,
        _ => null,
    };

    private void WriteLog(ClaimedSlot slot, FetchResult result)
    {
        var milliseconds = (long)time.GetElapsedTime(slot.Mark).TotalMilliseconds;
        if (result.IsGood || result.Outcome is FetchOutcome.Released or FetchOutcome.Fenced)
        {
            if (result.IsGood && _troubles.TryRemove(slot.Key, out _))
            {
                Log.Recovered(logger, slot.Key);
            }

            if (result.Published is { } sheet)
            {
                Log.Published(logger, slot.Key, sheet.AsOf, sheet.Observations.Count, result.Changes, milliseconds);
            }
            else
            {
                Log.Ended(logger, slot.Key, result.Outcome, milliseconds);
            }

            if (result.QuarantinedFigures is not null)
            {
                Log.LeftOut(logger, slot.Key, result.Reason);
            }

            LogOddRows(slot.Key, result.OddRows);
        }
        else if (_troubles.GetValueOrDefault(slot.Key) != result.Reason)
        {
            _troubles[slot.Key] = result.Reason;
            Log.Trouble(logger, slot.Key, result.Outcome, result.Reason, result.Finish?.NotBefore);
        }
    }

    /// <summary>Logs the odd rows of an answer once for as long as they stay the same.</summary>
    private void LogOddRows(string provider, IReadOnlyList<OddRow>? odd)
    {
        if (odd is null || OddRowText.Of(odd) is not { } text || _oddRows.GetValueOrDefault(provider, "") == text)
        {
            return;
        }

        _oddRows[provider] = text;
        if (text.Length > 0)
        {
            Log.OddRows(logger, provider, text);
        }
    }

    private static string Reason(FetchResult result) =>
        string.Join("; ", new[] { result.Reason, OddRowText.Of(result.OddRows ?? []) }.Where(text => text.Length > 0));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "{Provider}: published {AsOf:yyyy-MM-dd}, {Figures} figures, {Changes} changed, {Milliseconds} ms")]
        public static partial void Published(ILogger logger, string provider, DateOnly asOf, int figures, int changes, long milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: left out: {Reason}")]
        public static partial void LeftOut(ILogger logger, string provider, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: {OddRows}")]
        public static partial void OddRows(ILogger logger, string provider, string oddRows);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Provider}: {Outcome}, {Milliseconds} ms")]
        public static partial void Ended(ILogger logger, string provider, FetchOutcome outcome, long milliseconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: fetching succeeds again")]
        public static partial void Recovered(ILogger logger, string provider);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Provider}: {Outcome}: {Reason}; the last published sheet stays; not fetched before {NotBefore:u}")]
        public static partial void Trouble(ILogger logger, string provider, FetchOutcome outcome, string reason, DateTimeOffset? notBefore);
    }
}
