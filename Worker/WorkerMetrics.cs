using System.Diagnostics.Metrics;
using Rates.Store;

namespace Rates.Worker;

/// <summary>The metrics of a worker (meter <c>Rates.Worker</c>), with one method for each event to count.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Rates.Worker";

    private readonly Meter _meter;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _backfilled;
    private readonly Counter<long> _clockSteps;
    private readonly Histogram<double> _durations;
    private int _storeUp = 1;

    public WorkerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _claims = _meter.CreateCounter<long>("rates.worker.claims", description: "Slots requested, by verdict");
        _durations = _meter.CreateHistogram<double>("rates.worker.fetch.duration", "s", "Fetches, by outcome");
        _requests = _meter.CreateCounter<long>("rates.worker.fetch.requests", description: "Requests sent to sources, retries included");
        _bytes = _meter.CreateCounter<long>("rates.worker.fetch.bytes", "By", "Decoded bytes received");
        _changes = _meter.CreateCounter<long>("rates.worker.published.changes", description: "Figures that a publish changed");
        _refused = _meter.CreateCounter<long>("rates.worker.refused", description: "Figures that the ingest rules refused");
        _backfilled = _meter.CreateCounter<long>("rates.worker.backfilled.days", "d", "Days of history completed");
        _clockSteps = _meter.CreateCounter<long>("rates.worker.clock.steps", description: "Times the wall clock was set");
        _meter.CreateObservableGauge("rates.worker.store.up", () => Volatile.Read(ref _storeUp), description: "1 while the store answers");
    }

    public void Claimed(string provider, ClaimVerdict verdict) =>
        _claims.Add(1, new("provider", provider), new("verdict", verdict.ToString()));

    public void Fetched(FetchRun run)
    {
        KeyValuePair<string, object?> provider = new("provider", run.Provider);
        _durations.Record(run.Duration.TotalSeconds, provider, new("outcome", run.Outcome));
        _requests.Add(run.Requests, provider);
        _bytes.Add(run.Bytes, provider);
        _changes.Add(run.Changes, provider);
    }

    public void Refused(string provider, int figures) => _refused.Add(figures, new KeyValuePair<string, object?>("provider", provider));

    public void Backfilled(string provider, int days) => _backfilled.Add(days, new KeyValuePair<string, object?>("provider", provider));

    public void ClockStepped() => _clockSteps.Add(1);

    public void StoreUp(bool up) => Volatile.Write(ref _storeUp, up ? 1 : 0);

    public void Dispose() => _meter.Dispose();
}
