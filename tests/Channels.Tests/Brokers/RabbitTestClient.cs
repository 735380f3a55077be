using System.Globalization;
using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rates.Channels.Tests;

/// <summary>The .NET client of AMQP 0-9-1.</summary>
internal sealed class RabbitTestClient(IConnection connection, RabbitMQ.Client.IChannel channel) : IBrokerClient
{
    private readonly Dictionary<string, Channel<Received>> _queues = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public RabbitMQ.Client.IChannel Channel => channel;

    public static async Task<RabbitTestClient> ConnectAsync(string address)
    {
        var connection = await new ConnectionFactory { Uri = new(address), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Token);
        return new(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Token));
    }

    public async Task<string> DeclareAsync(string queue)
    {
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        return queue;
    }

    public async Task SendAsync(string queue, Sent message)
    {
        var properties = new BasicProperties
        {
            CorrelationId = message.Id,
            Type = message.Operation,
            ReplyTo = message.ReplyTo.Length > 0 ? message.ReplyTo : null,
            ContentType = message.ContentType.Length > 0 ? message.ContentType : null,
            Persistent = true,
            Headers = message.Properties.ToDictionary(one => one.Key, object? (one) => one.Value),
        };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(message.Body), Token);
    }

    public async Task<Received> ReceiveAsync(string queue)
    {
        if (!_queues.TryGetValue(queue, out var received))
        {
            _queues[queue] = received = System.Threading.Channels.Channel.CreateUnbounded<Received>();
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, one) => received.Writer.WriteAsync(Of(one)).AsTask();
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Token);
        }

        return await received.Reader.ReadAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static Received Of(BasicDeliverEventArgs one)
    {
        var headers = (one.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
            header => header.Key,
            header => header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{header.Value}");
        return new(
            one.BasicProperties.CorrelationId ?? "",
            int.Parse(headers.GetValueOrDefault("status", "0"), CultureInfo.InvariantCulture),
            one.BasicProperties.ContentType ?? "", one.Body.ToArray(), headers, one.RoutingKey);
    }
}
