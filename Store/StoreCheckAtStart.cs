using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Settings;

namespace Rates.Store;

/// <summary>
/// Opens the store when the host starts, so that a file in use stops the start; once it has started, logs what is wrong with
/// the store.
/// </summary>
internal sealed partial class StoreCheckAtStart(
    IStoreCheck store, IHostApplicationLifetime lifetime, ILogger<StoreCheckAtStart> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Location(logger, store.Location);
        await lifetime.WaitForStartAsync(stoppingToken);
        foreach (var finding in await store.CheckAsync(stoppingToken))
        {
            Log.Finding(logger, finding);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Rates are stored in {Location}")]
        public static partial void Location(ILogger logger, string location);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Finding}")]
        public static partial void Finding(ILogger logger, string finding);
    }
}
