using System.Diagnostics.Metrics;

namespace Rates.Channels;

/// <summary>
/// The metrics of channels (meter <c>Rates.Channels</c>), read when somebody asks for them from what the channels count anyway: a request
/// costs nothing here. A channel has every metric from its start, with 0.
/// </summary>
internal sealed class ChannelMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Rates.Channels";

    private const string Channel = "rates.channel.name";
    private const string Outcome = "rates.channel.outcome";

    private readonly Meter _meter;
    private readonly IReadOnlyList<ChannelRecord> _records;

    public ChannelMetrics(IMeterFactory meters, IReadOnlyList<ChannelRecord> records)
    {
        (_meter, _records) = (meters.Create(MeterName), records);
        _meter.CreateObservableCounter(
            "rates.channel.requests", () => _records.SelectMany(Requests), "{request}", "Requests answered, by outcome");
        Count("rates.channel.changes", "{change}", "Changes of rates that were sent", record => record.State.Changes);
        Count("rates.channel.dead_letters", "{message}", "Messages moved to the dead-letter queue", record => record.State.DeadLetters);
        Count("rates.channel.failures", "{failure}", "Failures of the transport", record => record.State.Failures);
        Count("rates.channel.reconnects", "{time}", "Times the transport was opened again", record => record.Outcomes.Reconnects);
        Gauge("rates.channel.in_progress", "{request}", "Requests that are being answered", record => record.State.InHand);
        Gauge("rates.channel.open", null, "1 while the transport is open", record => record.State.IsOpen ? 1 : 0);
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Requests(ChannelRecord record)
    {
        var outcomes = record.Outcomes;
        foreach (var (outcome, count) in new[]
        {
            ("answered", outcomes.Answered), ("problem", outcomes.Problems), ("refused", outcomes.Refused), ("failed", outcomes.Failed),
        })
        {
            yield return new(count, new(Channel, record.State.Name), new(Outcome, outcome));
        }
    }

    private void Count(string name, string unit, string description, Func<ChannelRecord, long> value) =>
        _meter.CreateObservableCounter(name, () => _records.Select(record => Of(record, value(record))), unit, description);

    private void Gauge(string name, string? unit, string description, Func<ChannelRecord, long> value) =>
        _meter.CreateObservableGauge(name, () => _records.Select(record => Of(record, value(record))), unit, description);

    private static Measurement<long> Of(ChannelRecord record, long value) =>
        new(value, new KeyValuePair<string, object?>(Channel, record.State.Name));
}
