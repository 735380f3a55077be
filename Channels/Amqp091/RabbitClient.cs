using Rates.Api;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rates.Channels;

/// <summary>
/// Answers the messages of a queue over AMQP 0-9-1, and publishes changes to a topic exchange with the routing key
/// <c>provider.event</c>.
/// </summary>
internal sealed class RabbitClient(ChannelServices channel) : Rates.Channels.IChannel
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly SecretFile _password = new(channel.Options.PasswordFile);
    private readonly BrokerRequests _requests = new(channel);

    /// <summary>Its settings.</summary>
    public static ChannelType Type { get; } = new(
        "amqp091",
        [
            nameof(ChannelOptions.Queue), nameof(ChannelOptions.DeadLetters), nameof(ChannelOptions.Events),
            nameof(ChannelOptions.Prefetch), nameof(ChannelOptions.Declare), nameof(ChannelOptions.User),
            nameof(ChannelOptions.PasswordFile),
        ],
        options => OptionChecks.Address(nameof(options.Address), options.Address, "amqp", "amqps"),
        channel => new RabbitClient(channel));

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new Failure();
        await using var connection = await ConnectAsync(failure, cancellationToken);
        await using var publisher = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var topology = new RabbitTopology(channel.Block, publisher);
        if (channel.Options.Declare)
        {
            await topology.DeclareAsync(cancellationToken);
        }

        await using var consumer = await ConsumeAsync(connection, publisher, failure, ended.Token);
        var changes = channel.FollowAsync(failure, (change, token) => SendAsync(publisher, change, token), ended.Token);
        channel.Record.Opened();
        await failure.ThrowAsync(changes, ended, cancellationToken);
    }

    private async Task<IConnection> ConnectAsync(Failure failure, CancellationToken cancellationToken)
    {
        // The channel opens again by itself, with its own pauses, and declares its queues again.
        var factory = new ConnectionFactory
        {
            Uri = new(channel.Options.Address),
            ClientProvidedName = $"rates {channel.Block.Name}",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
        };
        if (channel.Options.User.Length > 0)
        {
            (factory.UserName, factory.Password) = (channel.Options.User, _password.Read());
        }

        var connection = await factory.CreateConnectionAsync(cancellationToken);
        connection.ConnectionShutdownAsync += (_, end) =>
        {
            failure.Report(new IOException($"The broker closed the connection: {end.ReplyText}"));
            return Task.CompletedTask;
        };
        return connection;
    }

    private async Task<RabbitMQ.Client.IChannel?> ConsumeAsync(
        IConnection connection, RabbitMQ.Client.IChannel publisher, Failure failure, CancellationToken cancellationToken)
    {
        if (channel.Options.Queue.Length == 0)
        {
            return null;
        }

        // As many messages at the same time as the broker hands out unacknowledged.
        var prefetch = (ushort)channel.Options.Prefetch;
        var consumer = await connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: prefetch),
            cancellationToken);
        consumer.ChannelShutdownAsync += (_, end) =>
        {
            failure.Report(new IOException($"The broker closed the channel: {end.ReplyText}"));
            return Task.CompletedTask;
        };
        await consumer.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        var receiver = new AsyncEventingBasicConsumer(consumer);
        receiver.ReceivedAsync += (_, delivered) => failure.GuardAsync(
            () => _requests.HandleAsync(new RabbitDelivery(channel.Block, delivered, consumer, publisher), cancellationToken),
            cancellationToken);
        receiver.UnregisteredAsync += (_, _) =>
        {
            failure.Report(new IOException($"The broker ended the consumer: the queue '{channel.Options.Queue}' is gone"));
            return Task.CompletedTask;
        };
        await consumer.BasicConsumeAsync(channel.Options.Queue, autoAck: false, receiver, cancellationToken);
        return consumer;
    }

    private async Task<bool> SendAsync(RabbitMQ.Client.IChannel publisher, ChangeMessage change, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Type = change.Name,
            MessageId = change.Id.Length > 0 ? change.Id : null,
            Persistent = true,
        };
        await publisher.BasicPublishAsync(
            channel.Options.Events, $"{change.Provider}.{change.Name}", mandatory: false, properties, change.Json, cancellationToken);
        return true;
    }
}
