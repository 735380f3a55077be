using System.Diagnostics.Metrics;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Reads every few seconds the state of each fetched provider from the store, for metrics.</summary>
internal sealed class ProviderWatch : RegularReading
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly ISheetReader _sheets;
    private readonly IProviderReader _providers;
    private readonly IQuarantineReader _quarantine;
    private readonly UnfetchedDays _unfetched;
    private readonly StoreClock _time;
    private readonly Meter _meter;
    private IReadOnlyList<ProviderState> _states = [];

    public ProviderWatch(
        ISheetReader sheets, IProviderReader providers, IQuarantineReader quarantine, UnfetchedDays unfetched,
        StoreAvailability availability, StoreClock time, IMeterFactory meters)
        : base(Interval, availability, time)
    {
        (_sheets, _providers, _quarantine, _unfetched, _time) = (sheets, providers, quarantine, unfetched, time);
        _meter = meters.Create(WorkerMetrics.Name);
        Gauge("rates.sheet.age", "s", "Time since the newest day of the rates that are answered began, UTC", AgeOf);
        Gauge("rates.fetch.success.age", "s", "Time since the last fetch with a usable answer", SuccessAgeOf);
        Gauge(
            "rates.sheet.missed", "{publication}", "Publications that were due and are newer than the rates that are answered",
            state => state.Missed);
        Gauge("rates.sheet.version", null, "Version of the stored sheet", state => state.Version > 0 ? state.Version : null);
        Gauge("rates.fetch.failures", "{fetch}", "Fetches failed in a row", state => state.Health.Failures);
        Gauge("rates.quarantine.size", "{sheet}", "Refused sheets that wait for a decision", state => state.Quarantined);
        _meter.CreateObservableGauge("rates.provider.status", Statuses, null, "1 for the provider's present status");
    }

    /// <summary>Every provider that this installation fetches, as last read; empty before the first reading.</summary>
    public IReadOnlyList<ProviderState> States => Volatile.Read(ref _states);

    /// <summary>Reads the states from the store.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<IReadOnlyList<ProviderState>> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await _providers.ReadProvidersAsync(cancellationToken);
        var index = (await _sheets.ReadIndexAsync(cancellationToken)).Sheets;
        StoredProvider[] fetched =
        [
            .. stored.Values.Where(provider => provider.Profile.Enabled)
                .OrderBy(provider => provider.Profile.Key, StringComparer.Ordinal),
        ];
        var quarantined = await _quarantine.CountQuarantineAsync([.. fetched.Select(provider => provider.Profile.Key)], cancellationToken);
        var now = _time.GetUtcNow();
        var states = await Task.WhenAll(fetched.Zip(quarantined).Select(async one =>
        {
            var (provider, waiting) = one;
            return index.TryGetValue(provider.Profile.Key, out var sheet)
                ? ProviderState.Of(provider, sheet, unfetched: null, waiting, now)
                : ProviderState.Of(
                    provider, sheet: null, await _unfetched.NewestAsync(provider.Profile, now, cancellationToken), waiting, now);
        }));
        Volatile.Write(ref _states, states);
        return states;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ReadOnceAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    private void Gauge(string name, string? unit, string description, Func<ProviderState, long?> value) =>
        _meter.CreateObservableGauge(
            name,
            () =>
                from state in States
                let measured = value(state)
                where measured is not null
                select new Measurement<long>(measured.Value, new KeyValuePair<string, object?>(WorkerMetrics.Provider, state.Key)),
            unit, description);

    private IEnumerable<Measurement<int>> Statuses() => States.Select(state => new Measurement<int>(
        1, new(WorkerMetrics.Provider, state.Key), new("rates.status", state.Status.ToString().ToLowerInvariant())));

    private long? AgeOf(ProviderState state) => state.AsOf is { } day
        ? Seconds(new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
        : null;

    private long? SuccessAgeOf(ProviderState state) => state.Health.LastSuccessAt is { } at ? Seconds(at) : null;

    private long Seconds(DateTimeOffset since) => (long)(_time.GetUtcNow() - since).TotalSeconds;
}
