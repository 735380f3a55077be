using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The channel over AMQP 1.0, against the plugin of RabbitMQ.</summary>
[Collection(Broker.Collection)]
public sealed class Amqp10Tests(Broker broker) : BrokerTests(broker)
{
    protected override string Type => "amqp10";

    // The plugin accepts what no queue takes, but the exchange must be there.
    protected override string Nowhere => "/exchange/rates-no-such-exchange/replies";

    protected override (string Heading, string Module, string Package) Example => ("AMQP 1.0", "proton", "python3-qpid-proton");

    // Makes a durable queue that is not there.
    protected override string OwnAddress(string queue) => $"/queue/{queue}";

    protected override string AtClient(string queue) => $"/amq/queue/{queue}";

    // The subject of a message is its routing key.
    protected override string ExchangeOf(string exchange) => $"/exchange/{exchange}";

    internal override async Task<IBrokerClient> ConnectAsync(RabbitServer server) => await AmqpTestClient.ConnectAsync(server.Address);
}
