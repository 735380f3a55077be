using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Keeps this worker's alarms in step with the stored schedules, and right when the clock is set.</summary>
internal sealed partial class PrefetchSchedule(
    ScheduleTable table, PrefetchTriggers alarms, ISchedules schedules, IProviders providers, StoreAvailability availability, WorkerOptions options, WorkerMetrics metrics,
    TimeProvider time, ILogger<PrefetchSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Wakeup _wakeup = new(Tick, time);
    private readonly ClockWatch _clock = new(time);
    private IAsyncDisposable? _watch;
    private bool _armed;
    private long _revision = -1;
    private long _polled;
    private bool _hinted = true;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var wakeup = _wakeup;
        while (true)
        {
            await LookAsync(stoppingToken);
            _hinted |= await wakeup.WaitAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_clock.Step() is { } step)
        {
            metrics.ClockStepped();
            Log.ClockSet(logger, step);
            await RearmAsync(cancellationToken);
        }

        if (!_hinted && time.GetElapsedTime(_polled) < Poll)
        {
            return;
        }

        (_hinted, _polled) = (false, time.GetTimestamp());
        try
        {
            await ReconcileAsync(cancellationToken);
            availability.Found();
        }
        catch (StoreUnavailableException problem)
        {
            availability.Lost(problem);
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        _watch ??= await schedules.WatchAsync(_wakeup.Hint, cancellationToken);
        if (_armed && await schedules.ReadRevisionAsync(cancellationToken) == _revision)
        {
            return;
        }

        var revision = await FillAsync(cancellationToken);
        foreach (var change in table.Update(await schedules.ReadAllAsync(cancellationToken)))
        {
            await ApplyAsync(change, cancellationToken);
        }

        if (!_armed)
        {
            await LookAtAsync([.. table.Shipped.Keys, .. table.Once], cancellationToken);
            Log.Ready(logger, table.Fetched.Count, table.Shipped.Count, options.Spread.TotalSeconds);
        }

        (_armed, _revision) = (true, revision);
    }

    /// <summary>
    /// Puts into the store what it lacks: at the first look, what ships; after it lost its keys, also what operators had set,
    /// as far as this worker remembers, and the providers themselves.
    /// </summary>
    private async Task<long> FillAsync(CancellationToken cancellationToken)
    {
        var stored = await schedules.ReadAllAsync(cancellationToken);
        var lost = table.Definitions.Where(known => !stored.ContainsKey(known.Key)).ToList();
        if (!_armed || lost.Count > 0)
        {
            foreach (var (provider, definition) in lost.Where(known => known.Value.By != ScheduleTable.ShippedBy))
            {
                await schedules.EditAsync(provider, 0, definition with { Revision = 0 }, cancellationToken);
            }

            await schedules.FillGapsAsync(table.Shipped, cancellationToken);
            foreach (var provider in table.All)
            {
                await providers.WriteProviderAsync(provider.Block.Profile(provider.Key), health: null, cancellationToken);
            }
        }
        else if (stored.Values.Any(definition => definition.Reset))
        {
            await schedules.FillGapsAsync(table.Shipped, cancellationToken);
        }

        if (lost.Count > 0)
        {
            Log.Refilled(logger, lost.Count);
        }

        return await schedules.ReadRevisionAsync(cancellationToken);
    }

    private async Task ApplyAsync(ScheduleChange change, CancellationToken cancellationToken)
    {
        if (!change.Now.Definition.IsActive)
        {
            await alarms.RemoveAsync(change.Provider, cancellationToken);
            Log.SwitchedOff(logger, change.Provider, change.Now.Definition.By);
            return;
        }

        await alarms.SetAsync(change.Provider, change.Now, cancellationToken);
        var next = change.Now.Due.NextAfter(time.GetUtcNow());
        Log.Scheduled(logger, change.Provider, change.Now.Due.Expression, change.Now.Definition.Zone, next, change.Now.Definition.By);
        if (change.SwitchedOn && _armed)
        {
            await alarms.AgainAsync(change.Provider, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task RearmAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in table.Definitions.Keys)
        {
            if (table.Find(provider) is { } schedule)
            {
                await alarms.SetAsync(provider, schedule, cancellationToken);
            }
        }

        await LookAtAsync([.. table.Definitions.Keys], cancellationToken);
    }

    /// <summary>Has each provider looked at once, soon: a slot that was missed is made up for by one fetch.</summary>
    private async Task LookAtAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken)
    {
        foreach (var provider in providers)
        {
            await alarms.AgainAsync(provider, StartJitter.Of(provider, options.Spread), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Fetching {Providers} providers, {Scheduled} of them on a schedule; missed slots are made up for within {Seconds} s")]
        public static partial void Ready(ILogger logger, int providers, int scheduled, double seconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: asked at '{Cron}' {Zone}, next {Next:u} (set by {By})")]
        public static partial void Scheduled(ILogger logger, string provider, string cron, string zone, DateTimeOffset? next, string by);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: no longer asked (switched off by {By})")]
        public static partial void SwitchedOff(ILogger logger, string provider, string by);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The wall clock was set by {Step}, or the machine slept: every alarm is set anew")]
        public static partial void ClockSet(ILogger logger, TimeSpan step);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The store had lost {Count} schedules: they are restored from this worker's memory")]
        public static partial void Refilled(ILogger logger, int count);
    }
}
