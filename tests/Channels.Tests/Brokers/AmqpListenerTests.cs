using System.Collections.Concurrent;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The channel over AMQP 1.0 against the library's own listener, which refuses what RabbitMQ takes.</summary>
public sealed class AmqpListenerTests : IAsyncDisposable
{
    private readonly ConcurrentQueue<Message> _requests = new();
    private readonly ConcurrentQueue<Message> _accepted = new();
    private readonly ConcurrentQueue<Message> _replies = new();
    private readonly ConcurrentQueue<Message> _dead = new();
    private readonly ContainerHost _listener;
    private readonly string _address = ChannelHost.FreeAddress("amqp");

    public AmqpListenerTests()
    {
        _listener = new(new Address(_address));
        _listener.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _listener.RegisterMessageSource("rates", new Queue(_requests, _accepted));
        _listener.RegisterMessageProcessor("replies", new Collector(_replies));
        _listener.RegisterMessageProcessor("rates.dead", new Collector(_dead));
        _listener.Open();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_accepted_after_their_answer_is()
    {
        await using var host = await ChannelHost.StartAsync(("a:Type", "amqp10"), ("a:Address", _address));
        var (_, body) = await host.HttpAsync("/v1/convert?from=EUR&to=USD&amount=100");
        Ask(1, "convert", "replies", "from=EUR&to=USD&amount=100");
        Ask(2, "convert", "nowhere", "from=EUR&to=USD");
        Ask(3, "rates", "replies", "quotes=USD", ("format", "csv"));

        await Eventually.IsAsync(() => _accepted.Count == 3, Token);

        Assert.Equal(2, _replies.Count);
        var first = _replies.Single(reply => (ulong)reply.Properties.GetCorrelationId() == 1);
        Assert.Equal(body, Encoding.UTF8.GetString((byte[])first.Body));
        var csv = _replies.Single(reply => (ulong)reply.Properties.GetCorrelationId() == 3);
        Assert.StartsWith("text/csv", csv.Properties.ContentType.ToString(), StringComparison.Ordinal);
        var dead = Assert.Single(_dead);
        Assert.StartsWith(
            "The answer cannot be delivered to 'nowhere'", (string)dead.ApplicationProperties["x-reason"], StringComparison.Ordinal);
        Assert.Equal("from=EUR&to=USD", Encoding.UTF8.GetString((byte[])dead.Body));
        await Eventually.IsAsync(() => host.Channel is { Requests: 4, DeadLetters: 1, Failures: 0 }, Token);
    }

    [Fact]
    public async Task A_message_that_came_too_often_is_a_dead_letter()
    {
        await using var host = await ChannelHost.StartAsync(("a:Type", "amqp10"), ("a:Address", _address));
        Ask(1, "rates", "replies", "", deliveries: 11);

        await Eventually.IsAsync(() => _accepted.Count == 1, Token);

        Assert.Empty(_replies);
        Assert.Equal("The message was delivered 11 times and never answered", Assert.Single(_dead).ApplicationProperties["x-reason"]);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Close();
        return ValueTask.CompletedTask;
    }

    private void Ask(
        ulong id, string operation, string replyTo, string body, (string Name, string Value)? property = null, uint deliveries = 0)
    {
        var message = new Message
        {
            Header = new() { DeliveryCount = deliveries },
            Properties = new() { Subject = operation, ReplyTo = replyTo },
            ApplicationProperties = new(),
            BodySection = new Data { Binary = Encoding.UTF8.GetBytes(body) },
        };
        message.Properties.SetMessageId(id);
        if (property is { } one)
        {
            message.ApplicationProperties[one.Name] = one.Value;
        }

        _requests.Enqueue(message);
    }

    private sealed class Collector(ConcurrentQueue<Message> to) : IMessageProcessor
    {
        public int Credit => 100;

        public void Process(MessageContext messageContext)
        {
            to.Enqueue(messageContext.Message);
            messageContext.Complete();
        }
    }

    private sealed class Queue(ConcurrentQueue<Message> requests, ConcurrentQueue<Message> accepted) : IMessageSource
    {
        public Task<ReceiveContext> GetMessageAsync(ListenerLink link) => requests.TryDequeue(out var message)
            ? Task.FromResult(new ReceiveContext(link, message))
            : Task.FromResult<ReceiveContext>(null!);

        public void DisposeMessage(ReceiveContext receiveContext, DispositionContext dispositionContext)
        {
            if (dispositionContext.DeliveryState is Accepted)
            {
                accepted.Enqueue(receiveContext.Message);
            }

            dispositionContext.Complete();
        }
    }
}
