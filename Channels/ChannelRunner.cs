using System.Diagnostics.Metrics;
using Rates.Api;
using Rates.Settings;

namespace Rates.Channels;

/// <summary>Runs every channel of the settings: opens it, and opens it again after a pause when it fails.</summary>
internal sealed partial class ChannelRunner(
    ConfiguredChannels configured, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time,
    IMeterFactory meters, ILogger<ChannelRunner> logger) : BackgroundService, IChannelList
{
    private readonly List<(ChannelBlock Block, ChannelRecord Record)> _channels =
        [.. configured.All.Select(block => (block, new ChannelRecord(block, time)))];

    /// <inheritdoc/>
    public IReadOnlyList<ChannelState> Read() => [.. _channels.Select(channel => channel.Record.State)];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var metrics = new ChannelMetrics(meters, [.. _channels.Select(channel => channel.Record)]);

        // The routes that answer are there once the server has started.
        await lifetime.WaitForStartAsync(stoppingToken);
        await Task.WhenAll(_channels.Select(channel => RunAsync(channel.Block, channel.Record, stoppingToken)));
    }

    private async Task RunAsync(ChannelBlock block, ChannelRecord record, CancellationToken stoppingToken)
    {
        var answerer = new RequestAnswerer(block, services.GetRequiredService<Operations>(), record);
        var changes = new ChangeFollower(
            block, services.GetRequiredService<RateChanges>(), record, time, services.GetRequiredService<ILogger<ChangeFollower>>());
        var channel = block.Type.Create(new(block, answerer, changes, record, services));
        var pause = new Backoff(time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await channel.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                // Each transport has failures of its own kinds: none of them may end the host or the other channels.
                if (record.State.IsOpen)
                {
                    pause.Reset();
                }

                var why = failure.Message;
                record.Failed(why);
                Log.Failed(logger, block.Name, block.Options.Address, why);
            }

            await pause.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        record.Closed();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Channel {Channel} at {Address} failed and is opened again after a pause: {Why}")]
        public static partial void Failed(ILogger logger, string channel, string address, string why);
    }
}
