namespace Rates.Channels;

/// <summary>What a channel works with.</summary>
/// <param name="Block">Its settings.</param>
/// <param name="Answerer">Answers its requests.</param>
/// <param name="Changes">Tells of changes.</param>
/// <param name="Record">Counts what it does.</param>
/// <param name="Host">The services of the host.</param>
internal sealed record ChannelServices(
    ChannelBlock Block, RequestAnswerer Answerer, ChangeFollower Changes, ChannelRecord Record, IServiceProvider Host)
{
    /// <summary>The settings.</summary>
    public ChannelOptions Options => Block.Options;

    /// <summary>The clock.</summary>
    public TimeProvider Time => Host.GetRequiredService<TimeProvider>();

    /// <summary>A log with the channel's name.</summary>
    public ILogger Log => Host.GetRequiredService<ILoggerFactory>().CreateLogger($"Rates.Channels.{Block.Name}");
}
