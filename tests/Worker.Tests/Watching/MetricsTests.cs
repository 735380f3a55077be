using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>What a worker measures while it fetches.</summary>
[Collection(Alone.Name)]
public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private Bench _bench = null!;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _bench = new(_time, _upstream, ["ecb", "boc"]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_fetch_is_counted_with_its_outcome_and_the_store_with_each_call()
    {
        using var measured = new Measurements();

        await _bench.AlarmAsync("ecb");

        Assert.Contains("rates.fetch.duration rates.fetch.outcome=published rates.provider=ecb", measured.Names);
        Assert.Contains("rates.claims rates.claim.verdict=Granted rates.provider=ecb", measured.Names);
        Assert.Contains("rates.published.changes rates.provider=ecb", measured.Names);
        Assert.Contains("db.client.operation.duration db.operation.name=Publish db.system.name=sqlite", measured.Names);
        Assert.Equal(1, measured.Sum("rates.fetch.requests rates.provider=ecb"));
        Assert.Equal(12, measured.Sum("rates.published.changes rates.provider=ecb"));
    }

    [Fact]
    public async Task The_gauges_tell_age_missed_publications_failures_and_quarantine_of_each_fetched_provider()
    {
        await _bench.AlarmAsync("ecb");
        await _bench.Store.Calls.WriteProviderAsync(
            _bench.Get<ProviderCatalog>().Find("boc")!.Block.Profile("boc"), new() { Failures = 3, Reason = "timed out" },
            TestContext.Current.CancellationToken);
        await _bench.Store.Calls.QuarantineAsync(
            new("1-1", _time.GetUtcNow(), "boc", _time.GetUtcNow(), ["too far away"], "", []), TestContext.Current.CancellationToken);

        // Friday's sheet on Thursday afternoon: those of three days were missed, and Thursday's is not late yet.
        _time.Advance(TimeSpan.FromDays(6));
        await _bench.Get<ProviderWatch>().ReadAsync(TestContext.Current.CancellationToken);
        using var measured = new Measurements();
        measured.Collect();

        Assert.Equal(6.0 * 24 * 3600 + (16 * 60 + 5) * 60, measured.Sum("rates.sheet.age rates.provider=ecb"));
        Assert.Equal(6 * 24 * 3600, measured.Sum("rates.fetch.success.age rates.provider=ecb"));
        Assert.Equal(3, measured.Sum("rates.sheet.missed rates.provider=ecb"));
        Assert.Equal(1, measured.Sum("rates.provider.status rates.provider=ecb rates.status=stale"));
        Assert.Equal(1, measured.Sum("rates.provider.status rates.provider=boc rates.status=missing"));
        Assert.Equal(3, measured.Sum("rates.fetch.failures rates.provider=boc"));
        Assert.Equal(1, measured.Sum("rates.quarantine.size rates.provider=boc"));
        Assert.Equal(0, measured.Sum("rates.quarantine.size rates.provider=ecb"));
        Assert.DoesNotContain("rates.sheet.missed rates.provider=nbp", measured.Names);
    }

    [Fact]
    public async Task Spans_tell_how_a_fetch_went_and_no_address()
    {
        ConcurrentQueue<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await _bench.AlarmAsync("ecb");

        var fetch = spans.Last(span => span.OperationName == "fetch ecb");
        var request = spans.First(span => span.ParentSpanId == fetch.SpanId);
        Assert.Equal("published", fetch.GetTagItem("rates.fetch.outcome"));
        Assert.Equal(
            ("GET", ActivityKind.Client, 200), (request.OperationName, request.Kind, request.GetTagItem("http.response.status_code")));
        Assert.DoesNotContain(request.TagObjects, tag => $"{tag.Value}".Contains("eurofxref", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_tells_starting_from_ready_and_names_a_store_that_is_away()
    {
        var health = _bench.Get<WorkerHealth>();
        Assert.Equal("starting", health.Report().Status);

        await _bench.StartAsync();
        await _bench.ReadyAsync();
        await Eventually.IsAsync(() => health.Report().Status == "ready", TestContext.Current.CancellationToken);
        Assert.Empty(health.Report().Reasons);
        _bench.Get<StoreAvailability>().Lost(new StoreUnavailableException("no answer in time", null));

        Assert.Equal("unready", health.Report().Status);
        Assert.Contains("since 2026-11-20T16:05:00Z: no answer in time", health.Report().Reasons[0], StringComparison.Ordinal);
        _bench.Get<StoreAvailability>().Found();
        Assert.Equal("ready", health.Report().Status);
    }

    [Fact]
    public void A_worker_whose_schedule_stands_still_is_not_alive()
    {
        var health = _bench.Get<WorkerHealth>();
        Assert.Null(health.WhyNotAlive());

        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("180 s ago", health.WhyNotAlive(), StringComparison.Ordinal);
        health.Looked(isReady: true);

        Assert.Null(health.WhyNotAlive());
    }

    /// <summary>What the meters of this product measure while it exists, by name and attributes.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);
        private readonly MeterListener _listener = new();

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("Rates.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyCollection<string> Names => [.. _sums.Keys];

        public double Sum(string name) => _sums[name];

        public void Collect() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var attributes = string.Join(
                ' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
            _sums.AddOrUpdate($"{instrument.Name} {attributes}".Trim(), value, (_, sum) => sum + value);
        }
    }
}
