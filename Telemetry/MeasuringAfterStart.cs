using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using Rates.Settings;

namespace Rates.Telemetry;

/// <summary>
/// Begins to measure when everything else of the host has started: until then it would only delay the first answer. Whoever asks for
/// metrics before begins it.
/// </summary>
internal sealed class MeasuringAfterStart(IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitForStartAsync(stoppingToken);
        _ = services.GetRequiredService<MeterProvider>();
    }
}
