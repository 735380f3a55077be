using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Rates.Api;

namespace Rates.Channels;

/// <summary>
/// Answers the messages of an address over AMQP 1.0, and sends changes to another one with the subject <c>provider.event</c>.
/// </summary>
internal sealed class AmqpClient(ChannelServices channel) : IChannel
{
    private const int IdleMilliseconds = 20_000;

    private readonly SecretFile _password = new(channel.Options.PasswordFile);
    private readonly BrokerRequests _requests = new(channel);

    /// <summary>Its settings.</summary>
    public static ChannelType Type { get; } = new(
        "amqp10",
        [
            nameof(ChannelOptions.Queue), nameof(ChannelOptions.DeadLetters), nameof(ChannelOptions.Events),
            nameof(ChannelOptions.Prefetch), nameof(ChannelOptions.User), nameof(ChannelOptions.PasswordFile),
        ],
        options => OptionChecks.Address(nameof(options.Address), options.Address, "amqp", "amqps"),
        channel => new AmqpClient(channel));

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new Failure();
        var connection = await ConnectAsync(cancellationToken);
        connection.AddClosedCallback((_, error) => failure.Report(ClosedBy(error)));
        var changes = Task.CompletedTask;
        try
        {
            var session = new Session(connection);
            session.AddClosedCallback((_, error) => failure.Report(ClosedBy(error)));
            var senders = new AmqpSenders(connection);
            if (channel.Options.Queue.Length > 0)
            {
                await ReceiveAsync(session, senders, failure, ended.Token);
            }

            changes = channel.FollowAsync(failure, (change, _) => SendAsync(senders, change), ended.Token);
            channel.Record.Opened();
            await failure.ThrowAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            connection.Close(TimeSpan.Zero, null);
            await changes;
        }
    }

    private static IOException ClosedBy(Error? error) =>
        new($"The broker closed the connection: {error?.Description ?? error?.Condition ?? "without a reason"}");

    private Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        var uri = new Uri(channel.Options.Address);
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = $"rates-{channel.Block.Name}-{Guid.NewGuid():N}";
        factory.AMQP.IdleTimeout = IdleMilliseconds;
        var hasUser = channel.Options.User.Length > 0;
        if (!hasUser)
        {
            factory.SASL.Profile = SaslProfile.Anonymous;
        }

        // RabbitMQ takes the virtual host in the host name of the protocol.
        if (uri.AbsolutePath.Length > 1)
        {
            factory.AMQP.HostName = $"vhost:{Uri.UnescapeDataString(uri.AbsolutePath[1..])}";
        }

        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? 5671 : 5672;
        return factory.CreateAsync(
            new Address(uri.Host, port, hasUser ? channel.Options.User : null, hasUser ? _password.Read() : null, "/", uri.Scheme),
            cancellationToken);
    }

    private async Task ReceiveAsync(Session session, AmqpSenders senders, Failure failure, CancellationToken cancellationToken)
    {
        await senders.OpenAsync(channel.Block.DeadLetters, channel.Time, cancellationToken);
        var attached = new AmqpAttach(channel.Options.Queue);
        var source = new Source { Address = channel.Options.Queue, Durable = AmqpSenders.Durable };
        var receiver = new ReceiverLink(session, $"rates-{Guid.NewGuid():N}", source, attached.OnAttached);
        receiver.AddClosedCallback(attached.OnClosed);
        receiver.AddClosedCallback((_, error) => failure.Report(ClosedBy(error)));
        await attached.WaitAsync(channel.Time, cancellationToken);
        var credit = new AmqpCredit(receiver, channel.Options.Prefetch);

        // The library's thread reads the connection: the answer is made on another one.
        credit.Start(message => _ = Task.Run(
            () => failure.GuardAsync(
                async () =>
                {
                    using (message)
                    {
                        var delivery = new AmqpDelivery(channel.Block, message, receiver, senders);
                        await _requests.HandleAsync(delivery, cancellationToken);
                    }

                    credit.Done();
                },
                cancellationToken),
            CancellationToken.None));
    }

    private async Task<bool> SendAsync(AmqpSenders senders, ChangeMessage change)
    {
        var message = new Message
        {
            Header = new() { Durable = true },
            Properties = new()
            {
                Subject = $"{change.Provider}.{change.Name}",
                ContentType = "application/json",
                MessageId = change.Id.Length > 0 ? change.Id : null,
            },
            ApplicationProperties = new() { ["provider"] = change.Provider, ["event"] = change.Name },
            BodySection = new Data { Binary = change.Json.ToArray() },
        };
        await senders.SendAsync(channel.Options.Events, AmqpSenders.Durable, message);
        return true;
    }
}
