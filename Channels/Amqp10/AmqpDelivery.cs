using System.Text;
using Amqp;
using Amqp.Framing;
using Rates.Api;

namespace Rates.Channels;

/// <summary>One message that came over AMQP 1.0.</summary>
/// <param name="block">The channel's settings.</param>
/// <param name="received">The message.</param>
/// <param name="receiver">Where it came from, and is accepted.</param>
/// <param name="senders">Where answers go.</param>
internal sealed class AmqpDelivery(ChannelBlock block, Message received, ReceiverLink receiver, AmqpSenders senders) : IDelivery
{
    /// <inheritdoc/>
    public BrokerMessage Message { get; } = BrokerMessage.Of(
        received.Properties?.Subject, Properties(received), received.Properties?.ContentType, Body(received),
        received.Properties?.ReplyTo, received.Header?.DeliveryCount ?? 0);

    /// <inheritdoc/>
    public Task ReplyAsync(OperationAnswer answer, CancellationToken cancellationToken)
    {
        var reply = new Message
        {
            Header = new() { Durable = received.Header?.Durable ?? false },
            Properties = new() { To = Message.ReplyTo, Subject = received.Properties.Subject, ContentType = answer.ContentType },
            ApplicationProperties = new() { [BrokerMessage.Status] = answer.Status },
            BodySection = new Data { Binary = answer.Body.ToArray() },
        };

        // Whatever type the client gave it: a text, a number or a UUID.
        var asked = received.Properties;
        if ((asked.GetCorrelationId() ?? asked.GetMessageId()) is { } id)
        {
            reply.Properties.SetCorrelationId(id);
        }

        return senders.SendAsync(Message.ReplyTo, durability: 0, reply);
    }

    /// <inheritdoc/>
    public Task BuryAsync(string reason, CancellationToken cancellationToken)
    {
        var copy = new Message
        {
            Header = new() { Durable = true },
            Properties = received.Properties,
            ApplicationProperties = new() { [BrokerMessage.Reason] = reason, ["x-queue"] = block.Options.Queue },
            BodySection = received.BodySection,
        };
        foreach (var (name, value) in Properties(received))
        {
            copy.ApplicationProperties[name] = value;
        }

        return senders.SendAsync(block.DeadLetters, AmqpSenders.Durable, copy);
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        receiver.Accept(received);
        return Task.CompletedTask;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(Message message) =>
        message.ApplicationProperties?.Map.Select(one => KeyValuePair.Create(one.Key.ToString()!, (object?)one.Value)) ?? [];

    private static byte[] Body(Message message) => message.Body switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => [],
    };
}
