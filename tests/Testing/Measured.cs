using System.Diagnostics.Metrics;

namespace Rates.Testing;

/// <summary>Reads what a host measures now, without an exporter.</summary>
public static class Measured
{
    /// <summary>
    /// The present values of the observable instruments of a host whose names begin with <paramref name="prefix"/>, such as
    /// <c>rates.channel.requests z answered</c>: the name, and after it the values of the labels.
    /// </summary>
    /// <param name="meters">The host's; those of other hosts in the process are left out.</param>
    /// <param name="prefix">Such as <c>rates.channel</c>.</param>
    public static IReadOnlyDictionary<string, long> Read(IMeterFactory meters, string prefix)
    {
        Dictionary<string, long> measured = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name.StartsWith(prefix, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
            measured[string.Join(' ', [instrument.Name, .. labels.ToArray().Select(label => $"{label.Value}")])] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
