using System.Globalization;
using Rates.Channels.Bench;
using Rates.Testing;

// How many requests a second each channel answers, beside an echo over the same transport that answers the same bytes from memory, with
// the same guarantees. Client and server share one process, so the ratio counts, not the figure.
const int Rounds = 3;

// The clients of ZeroMQ block their threads.
ThreadPool.SetMinThreads(4 * Load.Clients, 4 * Load.Clients);

await using var broker = RabbitServer.IsInstalled ? await RabbitServer.StartAsync(CancellationToken.None) : null;
if (broker is null)
{
    Console.Error.WriteLine($"AMQP is left out: {RabbitServer.Missing}");
}

ITransport[] transports =
[
    new GrpcTransport(), new ZeroMqTransport(), .. broker is null ? Array.Empty<ITransport>()
        : [new Amqp091Transport(broker.Address), new Amqp10Transport(broker.Address)],
];
await using var service = await Service.StartAsync(transports);
var body = await service.BodyAsync();
Console.WriteLine(
    $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {Load.Clients} clients, "
    + $"answers of {body.Length} bytes");
Console.WriteLine();
Console.WriteLine("| channel | echo, requests/s | Rates, requests/s | ratio, middle of 3 |");
Console.WriteLine("|---|---|---|---|");
foreach (var transport in transports)
{
    await using var echo = await transport.StartEchoAsync(body);
    List<(long Echo, long Rates)> rounds = [];
    for (var round = 0; round < Rounds; round++)
    {
        rounds.Add((await Load.RunAsync(() => transport.ConnectAsync(isEcho: true)),
            await Load.RunAsync(() => transport.ConnectAsync(isEcho: false))));
    }

    var middle = rounds.OrderBy(one => (decimal)one.Rates / one.Echo).ElementAt(Rounds / 2);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {transport.Type} | {middle.Echo} | {middle.Rates} | {(decimal)middle.Rates / middle.Echo:0.00} |"));
}
