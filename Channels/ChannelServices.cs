using Rates.Api;

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

    /// <summary>Passes changes on, where the settings ask for it, until it is cancelled; what fails is reported.</summary>
    /// <param name="failure">Takes the failure of the connection.</param>
    /// <param name="send">Sends one change; see <see cref="ChangeFollower.FollowAsync"/>.</param>
    /// <param name="ended">Ends it.</param>
    public Task FollowAsync(Failure failure, Func<ChangeMessage, CancellationToken, Task<bool>> send, CancellationToken ended) =>
        Block.SendsChanges ? failure.GuardAsync(() => Changes.FollowAsync(send, ended), ended) : Task.CompletedTask;
}
