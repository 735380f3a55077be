using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Ends a turn and makes the ending visible: claim, quarantine, run, health, metrics, log.</summary>
internal sealed partial class FetchRecorder(
    IClaims claims, IQuarantine quarantine, IRuns runs, IProviders providers, ScheduleTable table, StoreAvailability availability,
    WorkerOptions options, WorkerMetrics metrics,
    TimeProvider time, ILogger<FetchRecorder> logger)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Most odd rows that a provider's health names; it counts all of them.</summary>
    private const int NamedOddRows = 5;

    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _oddRows = new(StringComparer.Ordinal);

    /// <summary>Closes the turn. Returns after how long to look at the provider again; null for not before the next alarm.</summary>
    public async Task<TimeSpan?> CloseAsync(ClaimedSlot turn, FetchResult ending, CancellationToken cancellationToken)
    {
        try
        {
            if (ending.Finish is { } finish && !await claims.FinishAsync(turn.Claim, finish, cancellationToken))
            {
                ending = FetchResult.Fenced;
            }

            ending = ending with
            {
                Reason = SafeText.Safe(ending.Reason, turn.Provider.Block.Key),
                OddRows = ending.OddRows is { } odd ? OddRowText.Safe(odd, turn.Provider.Block.Key) : null,
            };
            Tell(turn, ending);
            if (ending.Outcome != FetchOutcome.Released)
            {
                await RecordAsync(turn, ending, cancellationToken);
            }

            availability.Found();
            return Again(turn, ending);
        }
        catch (StoreUnavailableException problem)
        {
            availability.Lost(problem);
            return StoreAvailability.Retry;
        }
        catch (CorruptSheetException problem)
        {
            Log.Corrupt(logger, turn.Key, problem.Message);
            return Again(turn, ending);
        }
    }

    private async Task RecordAsync(ClaimedSlot turn, FetchResult ending, CancellationToken cancellationToken)
    {
        var run = new FetchRun(
            turn.StartedAt, turn.Key, turn.Claim.Slot, options.Id, FetchOutcomeName.Of(ending.Outcome), Reason(ending), time.GetElapsedTime(turn.Mark),
            turn.Session.Requests, turn.Session.Bytes, ending.Changes)
        {
            OddRows = ending.OddRows?.Count ?? 0,
        };
        metrics.Fetched(run);
        if (ending.QuarantinedFigures is { } suspect)
        {
            await KeepAsideAsync(turn, suspect, cancellationToken);
        }

        await runs.RecordRunAsync(run, cancellationToken);
        if (ending.Outcome != FetchOutcome.Fenced)
        {
            await providers.WriteProviderAsync(turn.Provider.Block.Profile(turn.Key), await HealthAsync(turn, ending, cancellationToken), cancellationToken);
        }
    }

    private async Task KeepAsideAsync(ClaimedSlot turn, QuarantinedFigures suspect, CancellationToken cancellationToken)
    {
        var key = turn.Provider.Block.Key;
        string[] reasons = [.. suspect.Reasons.Select(reason => SafeText.Safe(reason, key))];
        var kept = await quarantine.ReadQuarantineAsync(turn.Key, cancellationToken);
        // A source is asked many times while it says the same: once on the list is enough.
        if (kept.Any(sheet => sheet.Reasons.SequenceEqual(reasons) && sheet.Observations.SequenceEqual(suspect.Observations)))
        {
            return;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{turn.StartedAt.ToUnixTimeMilliseconds()}-{turn.Claim.Fence}");
        await quarantine.QuarantineAsync(
            new(id, turn.StartedAt, turn.Key, turn.Claim.Slot, reasons, SafeText.Excerpt(turn.Session.Excerpt, key), suspect.Observations), cancellationToken);
    }

    private async Task<ProviderHealth> HealthAsync(ClaimedSlot turn, FetchResult ending, CancellationToken cancellationToken)
    {
        if (ending is { IsGood: true, OddRows: { } odd })
        {
            return new()
            {
                LastAttemptAt = turn.StartedAt,
                LastSuccessAt = turn.StartedAt,
                OddRows = odd.Count,
                FirstOddRows = [.. odd.Take(NamedOddRows)],
                RefusedRows = ending.RefusedRows?.Count ?? 0,
                FirstRefusedRows = [.. (ending.RefusedRows ?? []).Take(NamedOddRows).Select(Named)],
            };
        }

        var before = (await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(turn.Key)?.Health ?? new();
        if (ending.IsGood)
        {
            // The answer is the one that was read before, with the same odd rows.
            return new()
            {
                LastAttemptAt = turn.StartedAt,
                LastSuccessAt = turn.StartedAt,
                OddRows = before.OddRows,
                FirstOddRows = before.FirstOddRows,
                RefusedRows = before.RefusedRows,
                FirstRefusedRows = before.FirstRefusedRows,
            };
        }

        return before with
        {
            LastAttemptAt = turn.StartedAt,
            Failures = turn.State.Failures + 1,
            Reason = ending.Reason,
            Quarantined = before.Quarantined + (ending.Outcome == FetchOutcome.Quarantined ? 1 : 0),
            NotBefore = ending.Finish?.NotBefore,
        };
    }

    private static OddRow Named(RefusedObservation refused) => new(refused.Observation.ToString(), refused.Reason);

    private TimeSpan? Again(ClaimedSlot turn, FetchResult ending) => ending switch
    {
        { Outcome: FetchOutcome.Fenced or FetchOutcome.Released } => null,
        { Finish: { SlotDone: false } finish } => finish.NotBefore is { } at && at - time.GetUtcNow() is var wait && wait > Soon ? wait : Soon,
        // A slot that came due while this one was fetched has had its alarm already.
        _ when table.Find(turn.Key) is { } schedule && SlotCalculator.Latest(schedule.Due, turn.Claim.Slot, time.GetUtcNow()) is not null => Soon,
        _ => null,
    };

    private void Tell(ClaimedSlot turn, FetchResult ending)
    {
        var milliseconds = (long)time.GetElapsedTime(turn.Mark).TotalMilliseconds;
        if (ending.IsGood || ending.Outcome is FetchOutcome.Released or FetchOutcome.Fenced)
        {
            if (ending.IsGood && _troubles.TryRemove(turn.Key, out _))
            {
                Log.Recovered(logger, turn.Key);
            }

            if (ending.Published is { } sheet)
            {
                Log.Published(logger, turn.Key, sheet.AsOf, sheet.Observations.Count, ending.Changes, milliseconds);
            }
            else
            {
                Log.Ended(logger, turn.Key, ending.Outcome, milliseconds);
            }

            if (ending.QuarantinedFigures is not null)
            {
                Log.LeftOut(logger, turn.Key, ending.Reason);
            }

            TellOddRows(turn.Key, ending.OddRows);
        }
        else if (_troubles.GetValueOrDefault(turn.Key) != ending.Reason)
        {
            _troubles[turn.Key] = ending.Reason;
            Log.Trouble(logger, turn.Key, ending.Outcome, ending.Reason, ending.Finish?.NotBefore);
        }
    }

    /// <summary>Logs the odd rows of an answer once for as long as they stay the same.</summary>
    private void TellOddRows(string provider, IReadOnlyList<OddRow>? odd)
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

    private static string Reason(FetchResult ending) =>
        string.Join("; ", new[] { ending.Reason, OddRowText.Of(ending.OddRows ?? []) }.Where(text => text.Length > 0));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: published {AsOf:yyyy-MM-dd}, {Figures} figures, {Changes} changed, {Milliseconds} ms")]
        public static partial void Published(ILogger logger, string provider, DateOnly asOf, int figures, int changes, long milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: left out: {Reason}")]
        public static partial void LeftOut(ILogger logger, string provider, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: {OddRows}")]
        public static partial void OddRows(ILogger logger, string provider, string oddRows);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Provider}: {Outcome}, {Milliseconds} ms")]
        public static partial void Ended(ILogger logger, string provider, FetchOutcome outcome, long milliseconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: answers properly again")]
        public static partial void Recovered(ILogger logger, string provider);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: {Outcome}: {Reason}; what was served stands; not asked before {NotBefore:u}")]
        public static partial void Trouble(ILogger logger, string provider, FetchOutcome outcome, string reason, DateTimeOffset? notBefore);
    }
}
