using System.Diagnostics.Metrics;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Reads every few seconds from the store how webhooks are doing, for metrics. Every worker tells the same of them.</summary>
internal sealed class WebhookWatch : RegularReading
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly WebhookTable _table;
    private readonly WebhookStore _store;
    private readonly StoreClock _time;
    private readonly Meter _meter;
    private IReadOnlyList<State> _states = [];

    public WebhookWatch(
        WebhookTable table, WebhookStore store, StoreAvailability availability, StoreClock time, IMeterFactory meters)
        : base(Interval, availability, time)
    {
        (_table, _store, _time) = (table, store, time);
        _meter = meters.Create(WorkerMetrics.Name);
        Gauge("rates.webhook.pending", "{message}", "Messages that wait to be posted", state => state.Pending);
        Gauge("rates.webhook.pending.age", "s", "Time since the oldest message that waits was made", AgeOf);
        Gauge("rates.webhook.dead_letters", "{message}", "Messages that were given up and are kept", state => state.Dead);
    }

    /// <summary>Reads the states from the store.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var names = (await _table.ReadAsync(cancellationToken)).Keys;
        var outbox = names.Any() ? (await _store.ReadMemoryAsync(cancellationToken)).Value?.Outbox ?? [] : [];
        var dead = names.Any() ? await _store.ReadDeadLettersAsync(cancellationToken) : [];
        Volatile.Write(
            ref _states,
            [
                .. names.Select(name => new State(
                    name, outbox.Count(one => one.Subscription == name), outbox.FirstOrDefault(one => one.Subscription == name)?.At,
                    dead.Count(letter => letter.Value.Delivery.Subscription == name))),
            ]);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ReadOnceAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    private void Gauge(string name, string unit, string description, Func<State, long> value) => _meter.CreateObservableGauge(
        name,
        () => Volatile.Read(ref _states).Select(
            state => new Measurement<long>(value(state), new KeyValuePair<string, object?>(WorkerMetrics.Webhook, state.Name))),
        unit, description);

    private long AgeOf(State state) => state.Oldest is { } at ? Math.Max(0, (long)(_time.GetUtcNow() - at).TotalSeconds) : 0;

    private sealed record State(string Name, int Pending, DateTimeOffset? Oldest, int Dead);
}
