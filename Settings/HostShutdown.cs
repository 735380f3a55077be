using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rates.Settings;

/// <summary>
/// Tells whether the host ended because that was requested or because of a failure: the host itself treats both as a normal end.
/// </summary>
/// <param name="services">The services of the host, before it starts.</param>
public sealed class HostShutdown(IServiceProvider services)
{
    private readonly BackgroundService[] _running = [.. services.GetServices<IHostedService>().OfType<BackgroundService>()];

    /// <summary>What ended the host, for the error output; null after an end that was requested.</summary>
    public string? Failure =>
        _running.Select(service => (service, service.ExecuteTask?.Exception?.GetBaseException()))
            .Where(end => end.Item2 is not null and not OperationCanceledException)
            .Select(end => $"{end.service.GetType().Name} failed: {end.Item2!.Message}")
            .FirstOrDefault();
}
