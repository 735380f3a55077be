using System.Diagnostics;
using System.Diagnostics.Metrics;
using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// The metrics and spans of a worker (meter and source of spans <c>Rates.Worker</c>), with one method for each event to count.
/// </summary>
internal sealed class WorkerMetrics : IDisposable
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "Rates.Worker";

    /// <summary>The attribute with the key of a provider.</summary>
    public const string Provider = "rates.provider";

    /// <summary>The attribute with the name of a webhook.</summary>
    public const string Webhook = "rates.webhook.name";

    private const string Outcome = "rates.fetch.outcome";

    private static readonly ActivitySource Spans = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _backfilled;
    private readonly Counter<long> _clockSteps;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _posts;
    private readonly Counter<long> _givenUp;
    private readonly Histogram<double> _durations;
    private int _storeUp = 1;

    public WorkerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _claims = _meter.CreateCounter<long>("rates.claims", "{claim}", "Slots asked of the store, by its verdict");
        _durations = _meter.CreateHistogram(
            "rates.fetch.duration", "s", "Fetches, from the claim to the end, by outcome", tags: null, new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 120],
            });
        _requests = _meter.CreateCounter<long>("rates.fetch.requests", "{request}", "Requests sent to sources, retries included");
        _bytes = _meter.CreateCounter<long>("rates.fetch.received", "By", "Decoded bytes received from sources");
        _changes = _meter.CreateCounter<long>("rates.published.changes", "{figure}", "Figures that a publication changed");
        _refused = _meter.CreateCounter<long>("rates.refused.figures", "{figure}", "Figures that the ingest rules refused");
        _backfilled = _meter.CreateCounter<long>("rates.backfill.days", "d", "Days of history completed");
        _clockSteps = _meter.CreateCounter<long>("rates.clock.steps", "{step}", "Times the wall clock of this machine was set");
        _alerts = _meter.CreateCounter<long>("rates.alerts.sent", "{message}", "Alert messages by channel and result");
        _posts = _meter.CreateCounter<long>("rates.webhook.posts", "{message}", "Messages posted to receivers of webhooks, by result");
        _givenUp = _meter.CreateCounter<long>("rates.webhook.given_up", "{message}", "Messages given up");
        _meter.CreateObservableGauge("rates.store.up", () => Volatile.Read(ref _storeUp), description: "1 while the store answers");
    }

    public void Claimed(string provider, ClaimVerdict verdict) =>
        _claims.Add(1, new(Provider, provider), new("rates.claim.verdict", verdict.ToString()));

    public void Fetched(FetchRun run)
    {
        KeyValuePair<string, object?> provider = new(Provider, run.Provider);
        _durations.Record(run.Duration.TotalSeconds, provider, new(Outcome, run.Outcome));
        _requests.Add(run.Requests, provider);
        _bytes.Add(run.Bytes, provider);
        _changes.Add(run.Changes, provider);
    }

    public void Refused(string provider, int figures) => _refused.Add(figures, new KeyValuePair<string, object?>(Provider, provider));

    public void Backfilled(string provider, int days) => _backfilled.Add(days, new KeyValuePair<string, object?>(Provider, provider));

    public void ClockStepped() => _clockSteps.Add(1);

    public void StoreUp(bool up) => Volatile.Write(ref _storeUp, up ? 1 : 0);

    /// <summary>An alert message was sent, or could not be.</summary>
    public void AlertSent(string channel, bool isSent) =>
        _alerts.Add(1, new("rates.alert.channel", channel), new("rates.alert.result", isSent ? "sent" : "failed"));

    /// <summary>A message was taken by the receiver of a webhook, or was not.</summary>
    public void WebhookPosted(string webhook, bool isTaken) =>
        _posts.Add(1, new(Webhook, webhook), new("rates.webhook.result", isTaken ? "taken" : "failed"));

    /// <summary>A message was given up.</summary>
    public void WebhookGivenUp(string webhook) => _givenUp.Add(1, new KeyValuePair<string, object?>(Webhook, webhook));

    /// <summary>Begins the span of a fetch; null while nobody collects spans.</summary>
    public static Activity? StartFetch(ClaimedSlot slot) => Spans.StartActivity($"fetch {slot.Key}")
        ?.SetTag(Provider, slot.Key).SetTag("rates.fetch.slot", IsoText.OfSeconds(slot.Claim.Slot))
        .SetTag("rates.fetch.attempt", slot.Claim.Attempt);

    /// <summary>Ends the span of a fetch.</summary>
    public static void EndFetch(Activity? span, FetchResult result)
    {
        span?.SetTag(Outcome, FetchResult.NameOf(result.Outcome)).SetTag("rates.published.changes", result.Changes);
        if (!result.IsGood)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// Begins the span of a request to a source; null while nobody collects spans. It has no address: that may have a key in it.
    /// </summary>
    public static Activity? StartRequest(string provider, HttpRequestMessage request) =>
        Spans.StartActivity(request.Method.Method, ActivityKind.Client)
            ?.SetTag(Provider, provider).SetTag("http.request.method", request.Method.Method)
            .SetTag("server.address", request.RequestUri?.Host).SetTag("server.port", request.RequestUri?.Port);

    public void Dispose() => _meter.Dispose();
}
