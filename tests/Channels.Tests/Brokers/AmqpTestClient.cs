using System.Globalization;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The .NET client of AMQP 1.0.</summary>
internal sealed class AmqpTestClient(Connection connection) : IBrokerClient
{

    private readonly Session _session = new(connection);
    private readonly Dictionary<string, SenderLink> _senders = [];
    private readonly Dictionary<string, ReceiverLink> _receivers = [];

    public static async Task<AmqpTestClient> ConnectAsync(string address)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        return new(await factory.CreateAsync(new Address(address)));
    }

    public async Task SendAsync(string queue, Sent message)
    {
        if (!_senders.TryGetValue(queue, out var sender))
        {
            _senders[queue] = sender = new(_session, $"to-{queue}-{Guid.NewGuid():N}", queue);
        }

        var sent = new Message
        {
            Header = new() { Durable = true },
            Properties = new()
            {
                CorrelationId = message.Id,
                Subject = message.Operation,
                ReplyTo = message.ReplyTo.Length > 0 ? message.ReplyTo : null,
                ContentType = message.ContentType.Length > 0 ? message.ContentType : null,
            },
            ApplicationProperties = new(),
            BodySection = new Data { Binary = Encoding.UTF8.GetBytes(message.Body) },
        };
        foreach (var (name, value) in message.Properties)
        {
            sent.ApplicationProperties[name] = value;
        }

        await sender.SendAsync(sent, Eventually.Limit);
    }

    public async Task<Received> ReceiveAsync(string queue)
    {
        if (!_receivers.TryGetValue(queue, out var receiver))
        {
            _receivers[queue] = receiver = new(_session, $"from-{queue}-{Guid.NewGuid():N}", queue);
        }

        using var message = await receiver.ReceiveAsync(Eventually.Limit) ?? throw new TimeoutException($"Nothing came to {queue}");
        receiver.Accept(message);
        var properties = (message.ApplicationProperties?.Map ?? []).ToDictionary(one => $"{one.Key}", one => $"{one.Value}");
        return new(
            message.Properties.CorrelationId ?? "", int.Parse(properties.GetValueOrDefault("status", "0"), CultureInfo.InvariantCulture),
            message.Properties.ContentType ?? "", message.Body as byte[] ?? [], properties, message.Properties.Subject ?? "");
    }

    public ValueTask DisposeAsync()
    {
        // Without waiting for the answer of a broker that may be gone.
        connection.Close(TimeSpan.Zero, null);
        return ValueTask.CompletedTask;
    }
}
