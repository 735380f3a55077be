using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rates.Store;

/// <summary>
/// Measures calls to the store (meter and source of spans <c>Rates.Store</c>), named by the OpenTelemetry conventions for databases.
/// </summary>
internal static class StoreMetrics
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "Rates.Store";

    private const string MethodEnd = "Async";
    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Spans = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "db.client.operation.duration", "s", "Calls of the store", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
        });

    /// <summary>Runs a call and measures it.</summary>
    /// <param name="system">What is called, as the conventions name it: <c>redis</c> or <c>sqlite</c>.</param>
    /// <param name="operation">The method that calls; a member of one of the store's interfaces.</param>
    /// <param name="call">The call.</param>
    public static async Task<T> MeasureAsync<T>(string system, string operation, Func<Task<T>> call)
    {
        var mark = Stopwatch.GetTimestamp();
        operation = operation.EndsWith(MethodEnd, StringComparison.Ordinal) ? operation[..^MethodEnd.Length] : operation;
        using var span = Spans.StartActivity(operation, ActivityKind.Client);
        span?.SetTag("db.system.name", system).SetTag("db.operation.name", operation);
        string? error = null;
        try
        {
            return await call();
        }
        catch (Exception failure)
        {
            // Only named here; the caller handles it.
            error = failure.GetType().Name;
            span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            TagList tags = new() { { "db.system.name", system }, { "db.operation.name", operation } };
            if (error is not null)
            {
                tags.Add("error.type", error);
            }

            Durations.Record(Stopwatch.GetElapsedTime(mark).TotalSeconds, tags);
        }
    }
}
