using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rates.Store;

/// <summary>Makes a checked backup copy of the SQLite file at every interval. Redis keeps its own copies.</summary>
internal sealed partial class StoreCopier(
    IRateStore store, IOptions<StoreOptions> options, TimeProvider time, ILogger<StoreCopier> logger) : BackgroundService
{
    // A new installation is not to be without a copy for long.
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private string _problem = "";

    /// <summary>Makes one copy, if anything was written since the last; a failure is logged when it is another than before.</summary>
    internal async Task CopyAsync(SqliteStore file, CancellationToken cancellationToken)
    {
        try
        {
            await file.CopyAsync(cancellationToken);
            _problem = "";
        }
        catch (StoreUnavailableException failure)
        {
            if (failure.Message != _problem)
            {
                Log.NotMade(logger, failure.Message);
            }

            _problem = failure.Message;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is not SqliteStore file || options.Value.CopyEvery is not { Ticks: > 0 } interval)
        {
            return;
        }

        await Task.Delay(First < interval ? First : interval, time, stoppingToken);
        using var tick = new PeriodicTimer(interval, time);
        do
        {
            await CopyAsync(file, stoppingToken);
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}. The copies made before are kept")]
        public static partial void NotMade(ILogger logger, string problem);
    }
}
