using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Keeps every provider's latest rates in memory, and publishes them again to a store that lost them, without asking the source.
/// </summary>
internal sealed partial class SheetRestorer(
    ScheduleTable table, ISheetReader sheets, IClaims claims, StoreAvailability availability, WorkerOptions options, TimeProvider time,
    ILogger<SheetRestorer> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RateSheet> _sheets = new(StringComparer.Ordinal);

    /// <summary>Compares memory and store once.</summary>
    internal async Task CompareAsync(CancellationToken cancellationToken)
    {
        var index = await sheets.ReadIndexAsync(cancellationToken);
        foreach (var (provider, version) in index.Sheets.Where(entry => table.Fetched.ContainsKey(entry.Key)))
        {
            if ((!_sheets.TryGetValue(provider, out var kept) || version.IsAfter(SheetVersion.Of(kept)))
                && await ReadAsync(provider, cancellationToken) is { } sheet)
            {
                _sheets[provider] = sheet;
            }
        }

        if (_sheets.Values.Any(kept => IsMissingIn(index, kept)))
        {
            // What was published while the sheets were read is newer than the index read before them.
            index = await sheets.ReadIndexAsync(cancellationToken);
            foreach (var kept in _sheets.Values.Where(kept => IsMissingIn(index, kept)))
            {
                await RestoreAsync(kept, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(Poll, time);
        do
        {
            try
            {
                await CompareAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
            catch (CorruptSheetException problem)
            {
                Log.Corrupt(logger, problem.Provider, problem.Message);
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RestoreAsync(RateSheet sheet, CancellationToken cancellationToken)
    {
        // The instant of its last check as the slot: what came due after it is still due.
        var claim = await claims.ClaimAsync(
            sheet.Provider, sheet.CheckedAt, new(options.Id, WorkerOptions.Lease(TimeSpan.Zero), TimeSpan.Zero, int.MaxValue),
            cancellationToken);
        if (claim.Verdict == ClaimVerdict.Granted
            && (await claims.PublishAsync(claim, sheet, FetchValidators.None, cancellationToken)).Accepted)
        {
            Log.GivenBack(logger, sheet.Provider, sheet.AsOf);
        }
    }

    private async Task<RateSheet?> ReadAsync(string provider, CancellationToken cancellationToken)
    {
        try
        {
            return await sheets.ReadSheetAsync(provider, cancellationToken);
        }
        catch (CorruptSheetException)
        {
            // The copy in memory stays; the provider's next publish replaces the damaged sheet.
            return null;
        }
    }

    private static bool IsMissingIn(RateIndex index, RateSheet kept) =>
        !index.Sheets.TryGetValue(kept.Provider, out var version) || SheetVersion.Of(kept).IsAfter(version);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Problem}")]
        public static partial void Corrupt(ILogger logger, string provider, string problem);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Provider}: the store had lost the sheet of {AsOf:yyyy-MM-dd}: restored from this worker's memory")]
        public static partial void GivenBack(ILogger logger, string provider, DateOnly asOf);
    }
}
