using System.Globalization;
using Rates.Core;
using Rates.Telemetry;

namespace Rates.Worker;

/// <summary>Finds the state of this worker, for probes: whether it works, and what keeps it from fetching.</summary>
internal sealed class WorkerHealth(StoreAvailability availability, StoreClock time) : IHealthReporter
{
    // The schedule is looked at every second; on a busy machine a pass may take some seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    private long _looked = time.GetTimestamp();
    private bool _ready;

    /// <summary>The schedules were looked at; without the store that counts as well.</summary>
    /// <param name="isReady">Whether all triggers are set.</param>
    public void Looked(bool isReady)
    {
        Volatile.Write(ref _looked, time.GetTimestamp());
        Volatile.Write(ref _ready, isReady);
    }

    /// <inheritdoc/>
    public HealthReport Report() => (availability.LostSince, Volatile.Read(ref _ready)) switch
    {
        ({ } since, _) => new("unready", [$"the store has not answered since {IsoText.OfSeconds(since)}: {availability.Problem}"]),
        (_, false) => new("starting", ["the schedules have not been read from the store yet"]),
        _ => time.Ahead is var difference && difference != TimeSpan.Zero
            ? new("degraded", [string.Create(
                CultureInfo.InvariantCulture,
                $"this machine's clock differs from the store's by {difference.TotalSeconds:0} s; the worker goes by the store's")])
            : new("ready", []),
    };

    /// <inheritdoc/>
    public string? WhyNotAlive() => time.GetElapsedTime(Volatile.Read(ref _looked)) is var silent && silent > Silence
        ? string.Create(CultureInfo.InvariantCulture, $"the schedules were last looked at {silent.TotalSeconds:0} s ago")
        : null;
}
