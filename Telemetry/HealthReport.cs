using System.Text.Json.Serialization;

namespace Rates.Telemetry;

/// <summary>The answer to a health probe of a process: whether it is ready, degraded or not ready, and why.</summary>
/// <param name="Status">
/// <c>starting</c> (not yet of use), <c>ready</c>, <c>degraded</c> (of use, but something is wrong) or <c>unready</c> (of no use until
/// what the reasons name has ended).
/// </param>
/// <param name="Reasons">What is wrong, one sentence each; empty for a process that is ready.</param>
public sealed record HealthReport(string Status, IReadOnlyList<string> Reasons)
{
    /// <summary>Whether the process is of use.</summary>
    [JsonIgnore]
    public bool IsReady => Status is "ready" or "degraded";
}

/// <summary>Reports the state of a process for health probes.</summary>
public interface IHealthReporter
{
    /// <summary>The state now. It does not wait for anything.</summary>
    HealthReport Report();

    /// <summary>Null while the process works; else what stands still and since when, so that the process should be restarted.</summary>
    string? WhyNotAlive();
}
