using RabbitMQ.Client;

namespace Rates.Channels;

/// <summary>Makes the queues and the exchange of a channel at the broker, durable.</summary>
internal sealed class RabbitTopology(ChannelBlock block, RabbitMQ.Client.IChannel broker)
{
    /// <summary>Makes what is not there. What is there must be durable, and otherwise as the broker makes it without arguments.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken)
    {
        if (block.Options.Queue.Length > 0)
        {
            await QueueAsync(block.Options.Queue, cancellationToken);
            await QueueAsync(block.DeadLetters, cancellationToken);
        }

        if (block.SendsChanges)
        {
            await broker.ExchangeDeclareAsync(
                block.Options.Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        }
    }

    private async Task QueueAsync(string name, CancellationToken cancellationToken) => await broker.QueueDeclareAsync(
        name, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
}
