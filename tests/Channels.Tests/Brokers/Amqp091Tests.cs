using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The channel over AMQP 0-9-1.</summary>
[Collection(Broker.Collection)]
public sealed class Amqp091Tests(Broker broker) : BrokerTests(broker)
{
    protected override string Type => "amqp091";

    protected override string Nowhere => "rates-no-such-queue";

    protected override (string Heading, string Module, string Package) Example => ("AMQP 0-9-1", "pika", "python3-pika");

    protected override string OwnAddress(string queue) => queue;

    protected override string AtClient(string queue) => queue;

    protected override string ExchangeOf(string exchange) => exchange;

    internal override async Task<IBrokerClient> ConnectAsync(RabbitServer server) => await RabbitTestClient.ConnectAsync(server.Address);
}
