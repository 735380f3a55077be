using Rates.Api;

namespace Rates.Channels;

/// <summary>
/// Passes changes of rates on to one channel. It remembers which sheet of each provider the channel has sent last, so that after a failure
/// of the transport the newest sheets that were not sent are sent: at least once, and one for each provider.
/// </summary>
internal sealed partial class ChangeFollower(
    ChannelBlock block, RateChanges changes, ChannelRecord record, TimeProvider time, ILogger<ChangeFollower> logger)
{
    private readonly SecretFile _key = new(block.Options.KeyFile);
    private readonly Dictionary<string, string> _sent = new(changes.LastIds(), StringComparer.Ordinal);

    /// <summary>Counts every sheet as not sent: for a receiver that knows itself which sheets it has.</summary>
    public void Forget() => _sent.Clear();

    /// <summary>Passes changes on until it is cancelled.</summary>
    /// <param name="send">
    /// Sends one change; returns when the transport has confirmed it: false where it had nothing to send.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FollowAsync(Func<ChangeMessage, CancellationToken, Task<bool>> send, CancellationToken cancellationToken)
    {
        var pause = new Backoff(time);
        while (true)
        {
            var request = new ChangeRequest($"channel {block.Name}") { ApiKey = _key.Read(), LastId = ChangeRequest.BeforeAll };
            if (await changes.FollowAsync(request, SendAsync, cancellationToken) is not { } refused)
            {
                pause.Reset();
                continue;
            }

            var why = $"Changes are not sent: {refused.Detail}";
            record.Refused(why);
            Log.Refused(logger, block.Name, why);
            await pause.WaitAsync(cancellationToken);
        }

        async Task SendAsync(ChangeMessage change, CancellationToken token)
        {
            if (change.Id.Length > 0 && _sent.GetValueOrDefault(change.Provider) == change.Id)
            {
                return;
            }

            if (await send(change, token))
            {
                record.Sent();
            }

            if (change.Id.Length > 0)
            {
                _sent[change.Provider] = change.Id;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Channel {Channel}: {Why}")]
        public static partial void Refused(ILogger logger, string channel, string why);
    }
}
