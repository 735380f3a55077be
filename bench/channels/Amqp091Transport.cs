using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Rates.Channels.Bench;

/// <summary>AMQP 0-9-1: one connection for each client, with a queue of its own for the answers.</summary>
internal sealed class Amqp091Transport(string address) : ITransport
{
    private const string EchoQueue = "echo091";
    private const ushort Prefetch = 32;

    private readonly ConnectionFactory _factory = new() { Uri = new(address) };

    /// <inheritdoc/>
    public string Type => "amqp091";

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Settings => [("Address", address), ("Queue", "rates091")];

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> StartEchoAsync(byte[] body)
    {
        var connection = await _factory.CreateConnectionAsync();
        var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var consumer = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: Prefetch));
        await consumer.QueueDeclareAsync(EchoQueue, durable: true, exclusive: false, autoDelete: false);
        await consumer.BasicQosAsync(0, Prefetch, global: false);
        var receiver = new AsyncEventingBasicConsumer(consumer);
        receiver.ReceivedAsync += async (_, request) =>
        {
            await publisher.BasicPublishAsync(
                "", request.BasicProperties.ReplyTo!, mandatory: true, new BasicProperties { ContentType = "application/json" }, body);
            await consumer.BasicAckAsync(request.DeliveryTag, multiple: false);
        };
        await consumer.BasicConsumeAsync(EchoQueue, autoAck: false, receiver);
        return connection;
    }

    /// <inheritdoc/>
    public async Task<IClient> ConnectAsync(bool isEcho)
    {
        var connection = await _factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var replies = (await channel.QueueDeclareAsync()).QueueName;
        var client = new Client(connection, channel, isEcho ? EchoQueue : "rates091", replies);
        var receiver = new AsyncEventingBasicConsumer(channel);
        receiver.ReceivedAsync += client.TakeAsync;
        await channel.BasicConsumeAsync(replies, autoAck: true, receiver);
        return client;
    }

    private sealed class Client(IConnection connection, RabbitMQ.Client.IChannel channel, string queue, string replies) : IClient
    {
        private readonly BasicProperties _properties = new()
        {
            Type = "rates",
            ReplyTo = replies,
            Headers = Service.Parameters.ToDictionary(one => one.Key, object? (one) => one.Value),
        };

        private TaskCompletionSource _answer = new();

        public async Task AskAsync()
        {
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await channel.BasicPublishAsync("", queue, mandatory: false, _properties, ReadOnlyMemory<byte>.Empty);
            await _answer.Task;
        }

        public Task TakeAsync(object sender, BasicDeliverEventArgs answer)
        {
            _answer.SetResult();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
