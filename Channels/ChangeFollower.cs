using Rates.Api;

namespace Rates.Channels;

/// <summary>
/// Passes changes of rates on to one channel. It remembers the last change that the channel has sent, so that after a failure of the
/// transport every provider's newest sheet since then is sent: at least once.
/// </summary>
internal sealed partial class ChangeFollower(
    ChannelBlock block, RateChanges changes, ChannelRecord record, TimeProvider time, ILogger<ChangeFollower> logger)
{
    private readonly SecretFile _key = new(block.Options.KeyFile);
    private string? _lastId;

    /// <summary>Passes changes on until it is cancelled.</summary>
    /// <param name="send">Sends one change; returns when the transport has confirmed it.</param>
    /// <param name="fromStart">True to begin each time with the newest sheet of every provider.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FollowAsync(Func<ChangeMessage, CancellationToken, Task> send, bool fromStart, CancellationToken cancellationToken)
    {
        var pause = new Backoff(time);
        while (true)
        {
            _lastId ??= changes.LastId;
            var request = new ChangeRequest($"channel {block.Name}")
            {
                ApiKey = _key.Read(),
                LastId = fromStart || _lastId.Length == 0 ? ChangeRequest.BeforeAll : _lastId,
            };
            var refused = await changes.FollowAsync(request, SendAsync, cancellationToken);
            if (refused is null)
            {
                pause.Reset();
                continue;
            }

            var why = $"Changes are not sent: {refused.Detail}";
            record.Failed(why);
            Log.Refused(logger, block.Name, why);
            await pause.WaitAsync(cancellationToken);
        }

        async Task SendAsync(ChangeMessage change, CancellationToken token)
        {
            await send(change, token);
            record.Sent();
            _lastId = change.Id.Length > 0 ? change.Id : _lastId;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Channel {Channel}: {Why}")]
        public static partial void Refused(ILogger logger, string channel, string why);
    }
}
