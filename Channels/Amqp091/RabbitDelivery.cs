using System.Globalization;
using Rates.Api;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Rates.Channels;

/// <summary>One message that came over AMQP 0-9-1.</summary>
/// <param name="block">The channel's settings.</param>
/// <param name="delivered">The message.</param>
/// <param name="consumer">Where it came from, and is acknowledged.</param>
/// <param name="publisher">Where answers go; the broker confirms each.</param>
internal sealed class RabbitDelivery(
    ChannelBlock block, BasicDeliverEventArgs delivered, RabbitMQ.Client.IChannel consumer, RabbitMQ.Client.IChannel publisher) : IDelivery
{
    private const string DeliveryCount = "x-delivery-count";

    /// <inheritdoc/>
    public BrokerMessage Message { get; } = BrokerMessage.Of(
        delivered.BasicProperties.Type, delivered.BasicProperties.Headers ?? new Dictionary<string, object?>(),
        delivered.BasicProperties.ContentType, delivered.Body, delivered.BasicProperties.ReplyTo,
        delivered.BasicProperties.Headers?.TryGetValue(DeliveryCount, out var count) == true
            ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
            : 0);

    /// <inheritdoc/>
    public async Task ReplyAsync(OperationAnswer answer, CancellationToken cancellationToken)
    {
        var asked = delivered.BasicProperties;
        var properties = new BasicProperties
        {
            ContentType = answer.ContentType,
            CorrelationId = asked.CorrelationId ?? asked.MessageId,
            Type = asked.Type,
            Persistent = asked.Persistent,
            Headers = new Dictionary<string, object?> { [BrokerMessage.Status] = answer.Status },
        };
        try
        {
            await publisher.BasicPublishAsync("", Message.ReplyTo, mandatory: true, properties, answer.Body, cancellationToken);
        }
        catch (PublishException returned) when (returned.IsReturn)
        {
            throw new UndeliverableException("there is no such queue");
        }
    }

    /// <inheritdoc/>
    public async Task BuryAsync(string reason, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties(delivered.BasicProperties) { Persistent = true, Expiration = null, UserId = null };
        properties.Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>())
        {
            [BrokerMessage.Reason] = reason,
            ["x-queue"] = block.Options.Queue,
        };
        await publisher.BasicPublishAsync("", block.DeadLetters, mandatory: true, properties, delivered.Body, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(CancellationToken cancellationToken) =>
        await consumer.BasicAckAsync(delivered.DeliveryTag, multiple: false, cancellationToken);
}
