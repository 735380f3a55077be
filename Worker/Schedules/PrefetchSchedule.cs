using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Keeps this worker's Quartz triggers equal to the stored schedules of providers, and sets them again when the clock was set.
/// </summary>
internal sealed partial class PrefetchSchedule(
    ScheduleTable table, SourceSettings sources, SourceStore book, PrefetchTriggers triggers, ISchedules schedules, IProviders providers,
    StoreAvailability availability, WorkerOptions options, WorkerMetrics metrics, WorkerHealth state,
    StoreClock time, ILogger<PrefetchSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // With a tick more, an edit by hand is noticed within five seconds.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    private readonly Wakeup _wakeup = new(Tick, time);
    private readonly ClockWatch _clock = new(time);
    private readonly List<IAsyncDisposable> _watches = [];
    private bool _ready;
    private long _polled;
    private bool _notified = true;
    private readonly HashSet<string> _unwritten = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
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
            state.Looked(_ready);
            _notified |= await wakeup.WaitAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_clock.Step() is { } step)
        {
            metrics.ClockStepped();
            Log.ClockSet(logger, step);
            await SetAllTriggersAsync(cancellationToken);
        }

        try
        {
            // What operators set of sources is looked at each time: it must be in force within a second, also when a notification is lost.
            var changed = await sources.RefreshAsync(cancellationToken);
            if (changed is null && !_notified && time.GetElapsedTime(_polled) < Poll)
            {
                return;
            }

            (_notified, _polled) = (false, time.GetTimestamp());
            await ReconcileAsync(changed, cancellationToken);
            availability.Found();
        }
        catch (StoreUnavailableException problem)
        {
            availability.Lost(problem);
        }
    }

    private async Task ReconcileAsync(IReadOnlyList<string>? sourcesChanged, CancellationToken cancellationToken)
    {
        if (_watches.Count == 0)
        {
            _watches.Add(await schedules.WatchAsync(_wakeup.Signal, cancellationToken));
            _watches.Add(await book.WatchAsync(_wakeup.Signal, cancellationToken));
        }

        _unwritten.UnionWith(sourcesChanged ?? []);
        var stored = await FillAsync(cancellationToken);
        foreach (var change in table.Update(stored))
        {
            await ApplyAsync(change, cancellationToken);
        }

        foreach (var provider in table.Forget())
        {
            await triggers.RemoveAsync(provider, cancellationToken);
            Log.Forgotten(logger, provider);
        }

        if (_ready && sourcesChanged is not null)
        {
            // Without a schedule nothing else would try them.
            await TryEachAsync([.. table.Once.Intersect(sourcesChanged)], cancellationToken);
        }

        foreach (var provider in table.NoteHandProblems(stored))
        {
            await WriteHandProblemAsync(table.Fetched[provider], cancellationToken);
        }

        if (!_ready)
        {
            await TryEachAsync([.. table.Shipped.Keys, .. table.Once], cancellationToken);
            Log.Ready(logger, table.Fetched.Count, table.Shipped.Count, options.Spread.TotalSeconds);
        }

        _ready = true;
    }

    /// <summary>
    /// Every stored definition, read whole each time: an edit made by hand need not raise the revision. First stores what is
    /// missing: at the start the shipped definitions and the providers; after it lost its keys also the
    /// definitions that operators had set, as far as this worker knows them.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, ScheduleDefinition>> FillAsync(CancellationToken cancellationToken)
    {
        await schedules.TakeHandEditsAsync(table.Shipped, cancellationToken);
        var stored = await schedules.ReadAllAsync(cancellationToken);
        var lost = table.Definitions.Where(known => !stored.ContainsKey(known.Key)).ToList();
        if (!_ready || lost.Count > 0)
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
        else if (_unwritten.Count > 0)
        {
            await schedules.FillGapsAsync(table.Shipped, cancellationToken);
            foreach (var provider in table.All.Where(provider => _unwritten.Contains(provider.Key)))
            {
                await providers.WriteProviderAsync(provider.Block.Profile(provider.Key), health: null, cancellationToken);
            }
        }
        else if (table.Shipped.Keys.Any(provider => stored.GetValueOrDefault(provider) is { Reset: true }))
        {
            await schedules.FillGapsAsync(table.Shipped, cancellationToken);
        }
        else
        {
            return stored;
        }

        _unwritten.Clear();
        if (lost.Count > 0)
        {
            Log.Refilled(logger, lost.Count);
        }

        return await schedules.ReadAllAsync(cancellationToken);
    }

    private async Task WriteHandProblemAsync(RateProvider provider, CancellationToken cancellationToken)
    {
        var health = (await providers.ReadProvidersAsync(cancellationToken)).GetValueOrDefault(provider.Key)?.Health ?? new();
        await providers.WriteProviderAsync(
            provider.Block.Profile(provider.Key), health with { ScheduleProblem = table.HandProblem(provider.Key) }, cancellationToken);
    }

    private async Task ApplyAsync(AppliedSchedule change, CancellationToken cancellationToken)
    {
        if (!change.Now.Definition.IsActive)
        {
            await triggers.RemoveAsync(change.Provider, cancellationToken);
            Log.SwitchedOff(logger, change.Provider, change.Now.Definition.By);
            return;
        }

        await triggers.SetAsync(change.Provider, change.Now, cancellationToken);
        var next = change.Now.Due.NextAfter(time.GetUtcNow());
        var by = change.Now.Definition.By is ScheduleDefinition.ByHand ? "hand" : change.Now.Definition.By;
        Log.Scheduled(logger, change.Provider, change.Now.Due.Expression, change.Now.Definition.Zone, next, by);
        if (change.SwitchedOn && _ready)
        {
            await triggers.TriggerOnceAsync(change.Provider, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task SetAllTriggersAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in table.Definitions.Keys)
        {
            if (table.Find(provider) is { } schedule)
            {
                await triggers.SetAsync(provider, schedule, cancellationToken);
            }
        }

        await TryEachAsync([.. table.Definitions.Keys], cancellationToken);
    }

    /// <summary>Tries each provider once, soon: one fetch replaces the slots that were missed.</summary>
    private async Task TryEachAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken)
    {
        foreach (var provider in providers)
        {
            await triggers.TriggerOnceAsync(provider, StartJitter.Of(provider, options.Spread), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information,
            Message = "Fetching {Providers} providers, {Scheduled} of them on a schedule; a missed slot is fetched within {Seconds} s")]
        public static partial void Ready(ILogger logger, int providers, int scheduled, double seconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: fetched at '{Cron}' {Zone}, next {Next:u} (set by {By})")]
        public static partial void Scheduled(ILogger logger, string provider, string cron, string zone, DateTimeOffset? next, string by);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: no longer fetched (disabled by {By})")]
        public static partial void SwitchedOff(ILogger logger, string provider, string by);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: no longer fetched by this worker")]
        public static partial void Forgotten(ILogger logger, string provider);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The wall clock was set by {Step}, or the machine slept: all triggers are set again")]
        public static partial void ClockSet(ILogger logger, TimeSpan step);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The store had lost {Count} schedules: they are stored again from this worker's memory")]
        public static partial void Refilled(ILogger logger, int count);
    }
}
