namespace Rates.Channels;

/// <summary>
/// Answers the messages of a broker. A message is acknowledged after its answer, or its copy in the dead-letter queue, is confirmed: when
/// anything fails before, the broker delivers it again.
/// </summary>
internal sealed partial class BrokerRequests(ChannelServices channel)
{
    /// <summary>Answers one message.</summary>
    /// <exception cref="Exception">The broker has not confirmed; the connection is to be opened again.</exception>
    public async Task HandleAsync(IDelivery delivery, CancellationToken cancellationToken)
    {
        var reason = delivery.Message.WhyDead;
        if (reason is null)
        {
            var answer = await channel.Answerer.AnswerAsync(delivery.Message.Request, cancellationToken);
            try
            {
                await delivery.ReplyAsync(answer, cancellationToken);
            }
            catch (UndeliverableException gone)
            {
                reason = $"The answer cannot be delivered to '{delivery.Message.ReplyTo}': {gone.Message}";
            }
        }

        if (reason is not null)
        {
            await delivery.BuryAsync(reason, cancellationToken);
            channel.Record.DeadLettered(reason);
            Log.Buried(channel.Log, channel.Block.Name, channel.Block.DeadLetters, reason);
        }

        await delivery.AcknowledgeAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Channel {Channel}: a message was moved to {Queue}: {Reason}")]
        public static partial void Buried(ILogger logger, string channel, string queue, string reason);
    }
}
