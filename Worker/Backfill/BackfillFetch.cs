using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Fetches one piece of a provider's history and stores it.</summary>
internal sealed partial class BackfillFetch(
    ProviderFetch fetch, IHistory history, HistoryCheck check, HistoryConfirmation confirmation, EvidenceRecorder evidence,
    WorkerOptions options, WorkerMetrics metrics, StoreClock time, ILogger<Backfill> logger)
{
    /// <summary>Fetches the window, checks its figures and stores what is sound. Returns how many days changed.</summary>
    /// <param name="provider">Whose history.</param>
    /// <param name="window">The days.</param>
    /// <param name="isNext">
    /// True when history is complete from the day after the window on; it is then complete from its first day on.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProviderException">The source failed, or its answer is implausible as a whole.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<int> FillAsync(RateProvider provider, FetchWindow window, bool isNext, CancellationToken cancellationToken)
    {
        var fetched = await fetch.RunAsync(
            provider, window, FetchValidators.None, null,
            new FetchSession(retries: true, options.BackfillPause) { LeavesForSchedule = true }, cancellationToken);
        // Past days are compared with the days around them, not with the present sheet: they would all look like jumps.
        bool IsWithin(Observation observation) => observation.AsOf >= window.From && observation.AsOf <= window.To;
        var context = new IngestContext
        {
            Profile = provider.Block.Profile(provider.Key),
            Today = window.Today,
            RefusedLabels = [.. fetched.RefusedLabels.Where(refused => IsWithin(refused.Observation))],
        };
        var verdict = IngestRules.Check([.. fetched.Observations.Where(IsWithin)], context);
        if (verdict.SheetReasons.Count > 0)
        {
            throw new ProviderException(ProviderFault.Implausible, provider.Key, string.Join("; ", verdict.SheetReasons));
        }

        // Each pair is a first one to the ingest rules, which know no sheet before: what is stored around the days decides instead.
        var sound = await check.CheckAsync(UnconfirmedMarks.Cleared(verdict.Accepted), window, context, cancellationToken);
        if (verdict.Refused.Count + sound.Refused.Count > 0)
        {
            Log.LeftOut(
                logger, provider.Key, window.From, window.To,
                string.Join("; ", IngestCheck.Reasons([.. verdict.Refused, .. sound.Refused])));
        }

        var now = time.GetUtcNow();
        var days = await history.UpsertHistoryAsync(provider.Key, sound.Accepted, now, cancellationToken);
        if (days + sound.Refused.Count > 0)
        {
            await evidence.WriteBackfillAsync(provider, window, now, fetched.Received, cancellationToken);
        }

        if (sound.Unconfirmed.Count > 0)
        {
            var newest = window.To.AddDays(HistoryRules.ComparableDays(context.Profile.Calendar.Cadence));
            await confirmation.ConfirmAsync(context.Profile, [], newest, now, cancellationToken);
        }

        if (isNext)
        {
            await history.WriteBackfilledAsync(provider.Key, window.From, cancellationToken);
        }

        metrics.Backfilled(provider.Key, days);
        Log.Filled(logger, provider.Key, window.From, window.To, days, sound.Accepted.Count, verdict.Refused.Count + sound.Refused.Count);
        if (OddRowText.Of(OddRowText.Safe(fetched.OddRows, SafeText.SecretsOf(provider.Block))) is { Length: > 0 } odd)
        {
            Log.OddRows(logger, provider.Key, window.From, window.To, odd);
        }

        return days;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "{Provider}: history of {From:yyyy-MM-dd} to {To:yyyy-MM-dd}: {Days} days, {Figures} figures, {Refused} left out")]
        public static partial void Filled(ILogger logger, string provider, DateOnly from, DateOnly to, int days, int figures, int refused);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: history of {From:yyyy-MM-dd} to {To:yyyy-MM-dd}: {OddRows}")]
        public static partial void OddRows(ILogger logger, string provider, DateOnly from, DateOnly to, string oddRows);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Provider}: left out of the history of {From:yyyy-MM-dd} to {To:yyyy-MM-dd}: {Reasons}")]
        public static partial void LeftOut(ILogger logger, string provider, DateOnly from, DateOnly to, string reasons);
    }
}
