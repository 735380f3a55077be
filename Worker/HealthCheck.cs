using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rates.Settings;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Answers the option <c>--health</c>, for containers: whether the worker of this host still reaches the store.</summary>
/// <remarks>For workers on Redis: the embedded store belongs to one process and cannot be asked from beside it.</remarks>
internal static class HealthCheck
{
    private static readonly TimeSpan Silence = Heartbeat.Interval * 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// 0 and a line when a worker of this host, or the configured one, sent a heartbeat in the last minute; 1 and why not
    /// otherwise.
    /// </summary>
    public static async Task<int> RunAsync(IConfiguration configuration, TimeProvider time, TextWriter output)
    {
        await using var services = new ServiceCollection().AddLogging().AddRateStore(configuration).BuildServiceProvider();
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var workers = await services.GetRequiredService<IWorkerReader>().ReadWorkersAsync(patience.Token);
            var options = SettingsReader.Read<WorkerOptions>(configuration).ToOptions();
            var own = workers.Where(worker => IsOwn(worker.Key, options)).OrderByDescending(worker => worker.Value).FirstOrDefault();
            var healthy = own.Key is not null && time.GetUtcNow() - own.Value < Silence;
            await output.WriteLineAsync(
                own.Key is null ? "no worker of this host is known to the store" : $"{own.Key} sent its last heartbeat at {own.Value:u}");
            return healthy ? 0 : 1;
        }
        catch (Exception problem) when (problem is StoreUnavailableException or OperationCanceledException)
        {
            await output.WriteLineAsync($"the store does not answer: {problem.Message}");
            return 1;
        }
    }

    private static bool IsOwn(string worker, WorkerOptions options) => options.WorkerId.Length > 0
        ? worker == options.WorkerId
        : worker.Split('-') is { Length: > 2 } parts && string.Join('-', parts[..^2]) == Environment.MachineName;
}
