using Amqp;
using Amqp.Framing;
using Amqp.Sasl;

namespace Rates.Channels.Bench;

/// <summary>AMQP 1.0: one connection for each client, with a queue of its own for the answers.</summary>
internal sealed class Amqp10Transport(string address) : ITransport
{
    private const string EchoQueue = "echo10";
    private const int Prefetch = 32;

    /// <inheritdoc/>
    public string Type => "amqp10";

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Settings => [("Address", address), ("Queue", "/queue/rates10")];

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> StartEchoAsync(byte[] body)
    {
        var connection = await OpenAsync();
        var session = new Session(connection);
        var source = new Source { Address = $"/queue/{EchoQueue}", Durable = 1 };
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = new ReceiverLink(session, EchoQueue, source, (_, _) => attached.TrySetResult());
        await attached.Task;
        var senders = new AmqpSenders(connection);
        var credit = new AmqpCredit(receiver, Prefetch);
        credit.Start(request => _ = Task.Run(async () =>
        {
            await senders.SendAsync(
                request.Properties.ReplyTo, durability: 0, new Message { BodySection = new Data { Binary = body } });
            receiver.Accept(request);
            credit.Done();
        }));
        return new Closing(async () => await connection.CloseAsync());
    }

    /// <inheritdoc/>
    public async Task<IClient> ConnectAsync(bool isEcho) => new Client(await OpenAsync(), isEcho ? EchoQueue : "rates10");

    private Task<Connection> OpenAsync()
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        return factory.CreateAsync(new Address(address));
    }

    private sealed class Client : IClient
    {
        private readonly Connection _connection;
        private readonly SenderLink _sender;
        private readonly ReceiverLink _receiver;
        private readonly string _replies = $"/queue/replies-{Guid.NewGuid():N}";

        public Client(Connection connection, string queue)
        {
            _connection = connection;
            var session = new Session(connection);
            _receiver = new(session, "replies", _replies);
            _sender = new(session, "requests", $"/amq/queue/{queue}");
        }

        public async Task AskAsync()
        {
            var message = new Message
            {
                Properties = new() { Subject = "rates", ReplyTo = _replies },
                ApplicationProperties = new(),
            };
            foreach (var (name, value) in Service.Parameters)
            {
                message.ApplicationProperties[name] = value;
            }

            await _sender.SendAsync(message);
            using var answer = await _receiver.ReceiveAsync();
            _receiver.Accept(answer);
        }

        public async ValueTask DisposeAsync() => await _connection.CloseAsync();
    }
}
